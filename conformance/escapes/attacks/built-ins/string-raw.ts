import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'gives String.raw an array-like of 2**53-1 strings',
  source: handler(`String.raw({ raw: { length: 2 ** 53 - 1 } })`),
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
