import type { Attack } from '../../attack.ts'
import { LIMIT_OR_ANSWER } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'gives Headers an iterator without end',
  source: handler(`new Headers({ [Symbol.iterator]: function* () { for (;;) yield ['a', 'b'] } })`),
  limits: { heapMb: 64 },
  expect: LIMIT_OR_ANSWER,
  runaway: 'interruptible',
}
