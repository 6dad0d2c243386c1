import type { Attack } from '../../attack.ts'
import { lastBodyIs } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'leaves an interval behind for the next context of its isolate',
  mode: 'pool',
  source:
    handler(`if (request.url.endsWith('/leave')) { const loop = () => Promise.resolve().then(() => { globalThis.ticks = (globalThis.ticks ?? 0) + 1 }); setInterval(loop, 1); return new Response('left') }
    await new Promise((resolve) => setTimeout(resolve, 50)); return new Response(String(globalThis.ticks))`),
  requests: [{ path: '/leave' }, {}],
  expect: HARMLESS,
  verify: lastBodyIs('undefined'),
}
