import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'changes the case of 2**28 characters by the rules of a language',
  source: handler(`const a = '\\u00df'.repeat(2 ** 27); for (;;) a.toLocaleUpperCase('lt')`),
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
