import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'loops in a getter that structuredClone() reads',
  source: handler(`structuredClone({ get a() { for (;;); } })`),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
