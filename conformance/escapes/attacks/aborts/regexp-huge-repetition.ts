import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'asks for a program of regular expressions that is too large',
  source: handler(`new RegExp('(?:' + 'a{1,1000}'.repeat(1000) + '){1000}').test('a'.repeat(1_000_000))`),
  expect: LIMIT_OR_HOST_KILLED,
}
