import type { Attack } from '../../attack.ts'
import { HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'fills an array-like of 2**53-1 elements',
  source: handler(`Array.prototype.fill.call({ length: 2 ** 53 - 1 }, 1)`),
  expect: HOST_KILLED,
  runaway: 'uninterruptible',
}
