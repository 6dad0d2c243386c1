import type { Attack } from '../../attack.ts'
import { HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'searches an array-like of 2**53-1 elements with includes',
  source: handler(`Array.prototype.includes.call({ length: 2 ** 53 - 1 }, 1)`),
  expect: HOST_KILLED,
  runaway: 'uninterruptible',
}
