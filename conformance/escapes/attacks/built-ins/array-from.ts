import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'makes an array of an array-like of 2**32-1 elements',
  source: handler(`Array.from({ length: 2 ** 32 - 1 })`),
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
