import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'calls a function with an array-like of 2**26 arguments, over and over',
  source: handler(`for (;;) try { Reflect.apply(Math.max, null, { length: 2 ** 26 }) } catch {}`),
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
