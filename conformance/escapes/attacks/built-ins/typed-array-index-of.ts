// Each call is short. But V8 looks for interrupts only after some hundred turns of a loop, and those add up to seconds.
import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'searches a typed array of 2**25 elements without end',
  source: handler(`const bytes = new Uint8Array(2 ** 25); for (;;) bytes.indexOf(1)`),
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
