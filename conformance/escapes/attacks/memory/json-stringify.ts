import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'writes JSON that is much longer than its value',
  source: handler(`const wide = Array(2 ** 16).fill('\\u0001'.repeat(100)); JSON.stringify(Array(2 ** 10).fill(wide))`),
  limits: { cpuMs: 2000 },
  expect: MEMORY_LIMIT_OR_HOST_KILLED,
}
