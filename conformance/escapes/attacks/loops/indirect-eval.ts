import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'loops in an indirect eval, in the global scope',
  source: handler(`(0, eval)('for (;;);')`),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
