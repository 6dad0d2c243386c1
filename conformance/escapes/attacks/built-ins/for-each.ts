import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'calls forEach on an array-like of 2**53-1 elements, none of which is there',
  source: handler(`Array.prototype.forEach.call({ length: 2 ** 53 - 1 }, () => {})`),
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
