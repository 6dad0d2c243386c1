import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'loops in an interval while the handler waits',
  source: handler(`setInterval(() => { for (;;); }, 1); await new Promise(() => {})`),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
