import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'appends to one header without end',
  source: handler(
    `const headers = new Headers(); const value = 'x'.repeat(10_000); for (;;) headers.append('a', value), headers.get('a')`,
  ),
  limits: { cpuMs: 2000 },
  expect: MEMORY_LIMIT_OR_HOST_KILLED,
}
