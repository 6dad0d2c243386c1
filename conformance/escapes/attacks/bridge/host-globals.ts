import type { Attack } from '../../attack.ts'
import { bodiesAre } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'looks for globals of Node, of isolated-vm and of the runtime',
  source:
    handler(`const names = 'process require module exports Buffer global ivm _ivm isolate context $0 install enter hostCall Deno Bun d8 print load quit os std SharedArrayBuffer Atomics WeakRef FinalizationRegistry gc __isopod__'.split(' ')
    return new Response(names.filter((name) => { try { return (0, eval)('typeof ' + name) !== 'undefined' } catch { return false } }).join())`),
  expect: HARMLESS,
  verify: bodiesAre(''),
}
