import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'loops in toJSON of what it answers',
  source: handler(`return Response.json({ toJSON() { for (;;); } })`),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
