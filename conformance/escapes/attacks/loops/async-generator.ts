import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'loops in an async generator, one microtask after another',
  source: handler(`for await (const _ of (async function* () { for (;;) yield 1 })()) continue`),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
