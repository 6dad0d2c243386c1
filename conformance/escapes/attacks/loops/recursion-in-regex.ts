import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'fills the stack of the compiler of regular expressions',
  source: handler(
    `const deep = '(?:'.repeat(50_000) + ')'.repeat(50_000); for (;;) try { new RegExp(deep).test('a') } catch {}`,
  ),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
