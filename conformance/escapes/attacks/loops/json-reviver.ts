import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'loops in the reviver of JSON.parse',
  source: handler(`JSON.parse('[1]', () => { for (;;); })`),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
