import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'compares two strings of 2**27 characters by the rules of a language',
  source: handler(`const a = '\\u00e4'.repeat(2 ** 26); for (;;) (a + 'a').localeCompare(a + 'b', 'de')`),
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
