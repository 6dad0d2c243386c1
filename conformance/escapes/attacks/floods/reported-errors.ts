import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'reports errors without end',
  source: handler(`for (;;) reportError(new Error('x'.repeat(10_000)))`),
  limits: { cpuMs: 500 },
  expect: CPU_LIMIT,
  verify: ({ serverOutput }) =>
    serverOutput.length > 1_000_000 ? `${serverOutput.length} characters of it are in the server's log` : undefined,
  runaway: 'interruptible',
}
