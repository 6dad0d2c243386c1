import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'writes an array of 2**32-1 holes as JSON',
  source: handler(`JSON.stringify(new Array(2 ** 32 - 1))`),
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
