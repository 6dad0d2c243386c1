import type { Attack } from '../../attack.ts'
import { bodiesAre } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'passes built-ins and platform functions to WebAssembly as imports, with hostile results',
  source:
    handler(`const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 111, 2, 7, 1, 1, 109, 1, 102, 0, 0, 7, 5, 1, 1, 114, 0, 0])
    const out = []
    for (const f of [fetch, setTimeout, Response, structuredClone, () => globalThis, Function, eval, Reflect.ownKeys]) {
      try { const value = new WebAssembly.Instance(new WebAssembly.Module(bytes), { m: { f } }).exports.r(); out.push(value?.constructor?.constructor?.('return typeof process')()) } catch {}
    }
    return new Response(out.filter((type) => type !== undefined && type !== 'undefined').join())`),
  expect: HARMLESS,
  verify: bodiesAre(''),
}
