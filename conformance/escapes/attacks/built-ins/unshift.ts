import type { Attack } from '../../attack.ts'
import { HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'shifts 2**53-2 elements that are not there',
  source: handler(`Array.prototype.unshift.call({ length: 2 ** 53 - 2 }, 1)`),
  expect: HOST_KILLED,
  runaway: 'uninterruptible',
}
