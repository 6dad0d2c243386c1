import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'writes a BigInt of 2**25 bits in decimal',
  source: handler(`((1n << (2n ** 25n)) - 1n).toString()`),
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
