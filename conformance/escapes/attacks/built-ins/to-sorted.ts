import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'sorts a copy of an array-like of 2**32-1 elements',
  source: handler(`Array.prototype.toSorted.call({ length: 2 ** 32 - 1 })`),
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
