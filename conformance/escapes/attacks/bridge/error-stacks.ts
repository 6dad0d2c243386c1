import type { Attack } from '../../attack.ts'
import { all, bodiesMatch, showsNothingOfTheHost } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'provokes every error the platform throws, and reads the stacks',
  source: handler(`Error.stackTraceLimit = 1000
    const out = []
    const attempts = [
      () => new Headers({ 'not valid': 1 }), () => new URL('::'), () => structuredClone(() => {}), () => fetch('http://127.0.0.1:1/'), () => fetch('http://nowhere.invalid/'), () => fetch('nonsense'),
      () => atob('*'), () => crypto.getRandomValues(new Uint8Array(1e6)), () => new TextDecoder('nonsense'), () => new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([255])), () => new TextDecoder('shift_jis', { fatal: true }).decode(new Uint8Array([255])),
      () => new Response('', { status: 1 }), () => setTimeout('text'), () => new Request('http://a.example', { body: 'x' }), () => request.text().then(() => request.text()), () => request.json(),
      () => import('node:fs'), () => new WebAssembly.Module(new Uint8Array(8)), () => new WebAssembly.Memory({ initial: 1e5 }), () => ctx.waitUntil.call({}), () => Response.prototype.text.call({}), () => new AbortController().signal.throwIfAborted.call({}),
      () => JSON.parse('{'), () => null.x, () => new Array(-1), () => 'x'.repeat(-1), () => new Intl.DateTimeFormat('nonsense!'), () => decodeURIComponent('%'), () => new ReadableStream({ pull() { throw new Error('pull') } }).getReader().read(), () => Promise.any([]),
    ]
    for (const attempt of attempts) try { await attempt() } catch (error) { out.push(String(error), error.stack, String(error.cause?.stack)) }
    return new Response(out.join('\\n'))`),
  limits: { cpuMs: 1000 },
  expect: HARMLESS,
  verify: all(showsNothingOfTheHost, bodiesMatch(/Error/)),
}
