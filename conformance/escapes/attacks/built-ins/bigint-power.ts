import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'raises a BigInt to a power of 2**23',
  source: handler(`7n ** (2n ** 23n)`),
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
