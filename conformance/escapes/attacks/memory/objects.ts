import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'keeps objects without end',
  source: handler(`const all = []; for (;;) all.push({ a: [1, 2, 3] })`),
  limits: { cpuMs: 2000 },
  expect: MEMORY_LIMIT,
}
