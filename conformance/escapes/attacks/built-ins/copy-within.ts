import type { Attack } from '../../attack.ts'
import { HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'copies 2**53-2 elements by one place',
  source: handler(`Array.prototype.copyWithin.call({ length: 2 ** 53 - 1 }, 1, 0)`),
  expect: HOST_KILLED,
  runaway: 'uninterruptible',
}
