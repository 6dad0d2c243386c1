import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'loops in what the host starts by delivering a timer',
  source: handler(`await new Promise((resolve) => setTimeout(resolve, 5)); for (;;);`),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
