import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'throws a proxy whose traps loop',
  source: handler(`throw new Proxy({}, { get() { for (;;); }, getPrototypeOf() { for (;;); }, has() { for (;;); } })`),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
