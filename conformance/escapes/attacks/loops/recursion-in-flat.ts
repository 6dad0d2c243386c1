import type { Attack } from '../../attack.ts'
import { LIMIT_OR_ANSWER } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'flattens an array that holds itself',
  source: handler(`const array = []; array.push(array, array); for (;;) try { array.flat(Infinity) } catch {}`),
  expect: LIMIT_OR_ANSWER,
  runaway: 'interruptible',
}
