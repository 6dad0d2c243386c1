import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'queues a microtask from every microtask',
  source: handler(`const next = () => queueMicrotask(next); next(); await new Promise(() => {})`),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
