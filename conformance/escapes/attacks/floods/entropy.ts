import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'draws random bytes without end',
  source: handler(`const bytes = new Uint8Array(65_536); for (;;) crypto.getRandomValues(bytes)`),
  limits: { cpuMs: 500 },
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
