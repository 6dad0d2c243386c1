import type { Attack } from '../../attack.ts'
import { LIMIT_OR_ANSWER } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'fills the stack with nested calls of JSON.stringify',
  source: handler(
    `const value = { toJSON: () => JSON.stringify(value) }; for (;;) try { JSON.stringify(value) } catch {}`,
  ),
  expect: LIMIT_OR_ANSWER,
  runaway: 'interruptible',
}
