import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'encodes strings of which each character takes three bytes',
  source: handler(`const all = []; for (;;) all.push(new TextEncoder().encode('\\u20ac'.repeat(2 ** 20)))`),
  limits: { cpuMs: 2000 },
  expect: MEMORY_LIMIT,
}
