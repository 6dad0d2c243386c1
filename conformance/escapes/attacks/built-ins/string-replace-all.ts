import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'replaces each of 2**28 characters',
  source: handler(`'a'.repeat(2 ** 28).replaceAll('a', 'b')`),
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
