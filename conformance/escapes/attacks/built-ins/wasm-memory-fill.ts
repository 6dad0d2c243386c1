// Each call is short. But V8 looks for interrupts only after some hundred turns of a loop, and those add up to seconds.
import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'moves all of a WebAssembly memory about, natively',
  source: handler(
    `const memory = new Uint8Array(new WebAssembly.Memory({ initial: 1024 }).buffer); for (;;) memory.copyWithin(1, 0)`,
  ),
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
