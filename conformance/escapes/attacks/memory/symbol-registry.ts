// The registry belongs to the isolate and is never emptied.
import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'fills the registry of symbols',
  source: handler(`for (let i = 0; ; i++) Symbol.for('escaped ' + i + 'x'.repeat(1000))`),
  limits: { cpuMs: 2000 },
  expect: MEMORY_LIMIT_OR_HOST_KILLED,
}
