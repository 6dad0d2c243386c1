import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'searches a long needle in a long haystack that nearly matches everywhere',
  source: handler(`const a = 'a'.repeat(2 ** 20); for (;;) (a + a + a).lastIndexOf('b' + a)`),
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
