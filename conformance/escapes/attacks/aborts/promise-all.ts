import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'waits for ten million promises with one Promise.all()',
  source: handler(`await Promise.all({ [Symbol.iterator]: function* () { for (let i = 0; i < 1e7; i++) yield i } })`),
  limits: { cpuMs: 3000 },
  expect: LIMIT_OR_HOST_KILLED,
}
