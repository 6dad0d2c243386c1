import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'fills the stack of the compiler of regular expressions',
  source: handler(
    `const deep = '(?:'.repeat(50_000) + ')'.repeat(50_000); for (;;) try { new RegExp(deep).test('a') } catch {}`,
  ),
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
