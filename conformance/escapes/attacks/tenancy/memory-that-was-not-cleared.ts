import type { Attack } from '../../attack.ts'
import { bodiesAre } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'looks for others’ data in memory it is given',
  source: handler(`const secret = 'what-only-the-neighbour'; const found = []
    for (let i = 0; i < 40; i++) { const bytes = new Uint8Array(2 ** 20); if (bytes.some((byte) => byte !== 0)) found.push('buffer ' + i) }
    const page = new Uint8Array(new WebAssembly.Memory({ initial: 64 }).buffer); if (page.some((byte) => byte !== 0)) found.push('memory')
    return new Response(found.join())`),
  limits: { cpuMs: 2000, heapMb: 128 },
  expect: HARMLESS,
  verify: bodiesAre(''),
}
