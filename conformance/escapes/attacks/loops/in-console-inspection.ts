import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'loops in the traps of a proxy that the console looks into',
  source: handler(
    `console.log(new Proxy({}, { ownKeys() { for (;;); }, get() { for (;;); }, getPrototypeOf() { for (;;); }, getOwnPropertyDescriptor() { for (;;); } })); for (;;);`,
  ),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
