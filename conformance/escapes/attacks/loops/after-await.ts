import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'loops after an await, in a continuation',
  source: handler(`await null; for (;;);`),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
