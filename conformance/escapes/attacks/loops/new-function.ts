import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'loops in code compiled at run time',
  source: handler(`new Function('for (;;);')()`),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
