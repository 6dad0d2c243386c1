import type { Attack } from '../../attack.ts'
import { HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'takes the first of 2**53-1 elements',
  source: handler(`Array.prototype.shift.call({ length: 2 ** 53 - 1 })`),
  expect: HOST_KILLED,
  runaway: 'uninterruptible',
}
