import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'squares a BigInt until it is as large as it can be',
  source: handler(`let n = 3n; for (;;) n *= n`),
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
