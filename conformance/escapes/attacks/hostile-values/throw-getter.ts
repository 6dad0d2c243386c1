import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'throws an object whose message is a getter that loops',
  source: handler(`throw { get message() { for (;;); } }`),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
