import type { Attack } from '../../attack.ts'
import { bodiesAre } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'reaches for gc(), which blocks beyond any limit and can write files',
  source:
    handler(`const out = [typeof gc, typeof globalThis.gc, typeof Object.getOwnPropertyDescriptor(globalThis, 'gc')?.value, typeof Object.getOwnPropertyDescriptor(globalThis, 'gc')?.get]
    try { delete globalThis.gc; out.push(typeof globalThis.gc) } catch {}
    try { Object.defineProperty(globalThis, 'gc', { configurable: true, value: 1 }); out.push('redefined') } catch {}
    return new Response(out.filter((type) => type !== 'undefined').join())`),
  expect: HARMLESS,
  verify: bodiesAre(''),
}
