import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'backtracks in a regular expression',
  source: handler(`/^(a+)+$/.test('a'.repeat(50) + '!')`),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
