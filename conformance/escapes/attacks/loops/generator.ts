import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'loops in a generator',
  source: handler(`for (const _ of (function* () { for (;;) yield 1 })()) continue`),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
