import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'keeps small typed arrays, whose bytes are on the heap',
  source: handler(`const all = []; for (;;) all.push(new Uint8Array(64))`),
  limits: { cpuMs: 2000 },
  expect: MEMORY_LIMIT,
}
