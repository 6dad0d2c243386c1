import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'chains promises without end: every function is short, the queue never empty',
  source: handler(`const next = () => Promise.resolve().then(next); await next()`),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
