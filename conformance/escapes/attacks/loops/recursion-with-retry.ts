// At each depth it starts again: the stack is full all the time, and the number of calls exponential.
import type { Attack } from '../../attack.ts'
import { LIMIT_OR_ANSWER } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'recurses, and recurses again for every RangeError it gets',
  source: handler(`const again = () => { try { again() } finally { again() } }; again()`),
  expect: LIMIT_OR_ANSWER,
  runaway: 'interruptible',
}
