import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'splits a string of 2**26 characters by a regular expression',
  source: handler(`'a'.repeat(2 ** 26).split(/(?:)/)`),
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
