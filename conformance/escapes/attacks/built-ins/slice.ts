import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'copies an array-like of 2**32-1 elements',
  source: handler(`Array.prototype.slice.call({ length: 2 ** 32 - 1 })`),
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
