import type { Attack } from '../../attack.ts'
import { LIMIT_OR_ANSWER } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'logs lines of ten million characters',
  source: handler(`const text = 'x'.repeat(10_000_000); for (let i = 0; i < 100; i++) console.log(text)`),
  limits: { cpuMs: 1000 },
  expect: LIMIT_OR_ANSWER,
  verify: ({ serverOutput }) =>
    serverOutput.length > 1_000_000 ? `${serverOutput.length} characters of it are in the server's log` : undefined,
}
