import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'concatenates an array-like of 2**53-1 elements',
  source: handler(`[].concat({ length: 2 ** 53 - 1, [Symbol.isConcatSpreadable]: true })`),
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
