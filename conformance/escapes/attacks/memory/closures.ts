import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'keeps closures without end',
  source: handler(`const all = []; for (;;) { const n = [all.length]; all.push(() => n) }`),
  limits: { cpuMs: 2000 },
  expect: MEMORY_LIMIT,
}
