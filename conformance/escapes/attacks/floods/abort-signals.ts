import type { Attack } from '../../attack.ts'
import { LIMIT_OR_ANSWER } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'makes signals with time limits without end, all following one another',
  source: handler(
    `let signal = AbortSignal.timeout(60_000); for (;;) signal = AbortSignal.any([signal, AbortSignal.timeout(60_000)])`,
  ),
  limits: { cpuMs: 1000 },
  expect: LIMIT_OR_ANSWER,
  runaway: 'interruptible',
}
