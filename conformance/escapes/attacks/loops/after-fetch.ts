import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'loops in what the host starts by delivering a response',
  source: handler(`await (await fetch(env.ORIGIN)).text(); for (;;);`),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
  verify: ({ originHits }) => (originHits === 1 ? undefined : 'the origin was not asked'),
}
