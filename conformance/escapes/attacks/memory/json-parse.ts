import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'parses JSON of few bytes and many objects',
  source: handler(`JSON.parse('[' + '{},'.repeat(2 ** 23) + '{}]')`),
  limits: { cpuMs: 2000 },
  expect: MEMORY_LIMIT_OR_HOST_KILLED,
}
