// V8 ends a script by an exception no catch sees. A finally that jumps would swallow any other.
import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'catches whatever is thrown at it and goes on',
  source: handler(`for (;;) { try { for (;;); } catch {} finally { continue } }`),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
