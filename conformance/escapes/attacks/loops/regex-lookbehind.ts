import type { Attack } from '../../attack.ts'
import { LIMIT_OR_ANSWER } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'backtracks in a lookbehind over a long text, with the interpreter of regular expressions',
  source: handler(`/(?<=(?:[^]*[^]*)*)x{3}$/u.exec('y'.repeat(40_000))`),
  expect: LIMIT_OR_ANSWER,
  runaway: 'interruptible',
}
