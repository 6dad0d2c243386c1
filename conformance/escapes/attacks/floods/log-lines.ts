import type { Attack } from '../../attack.ts'
import { LIMIT_OR_ANSWER } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'logs a million lines',
  source: handler(`for (let i = 0; i < 1_000_000; i++) console.log('a line of the flood, number', i)`),
  limits: { cpuMs: 1000 },
  expect: LIMIT_OR_ANSWER,
  verify: ({ serverOutput }) =>
    serverOutput.length > 1_000_000 ? `${serverOutput.length} characters of it are in the server's log` : undefined,
  runaway: 'interruptible',
}
