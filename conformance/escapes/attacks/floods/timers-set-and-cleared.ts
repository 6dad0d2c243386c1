// V8's clock for a time limit stands still while the host is called: what is mostly calls runs for many times its limit.
import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'sets and clears timers without end',
  source: handler(`for (;;) clearTimeout(setTimeout(() => {}, 60_000))`),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
