import type { Attack } from '../../attack.ts'
import { HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'takes one of 2**53-1 elements out of the middle',
  source: handler(`Array.prototype.splice.call({ length: 2 ** 53 - 1 }, 1, 1)`),
  expect: HOST_KILLED,
  runaway: 'uninterruptible',
}
