import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'lists the entries of a string of 2**26 characters',
  source: handler(`Object.entries('x'.repeat(2 ** 26))`),
  expect: LIMIT_OR_HOST_KILLED,
}
