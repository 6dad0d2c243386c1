import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'loops in the handler',
  source: handler(`for (;;);`),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
