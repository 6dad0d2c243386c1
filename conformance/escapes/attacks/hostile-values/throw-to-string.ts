import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'throws values that loop when they are made text',
  source: handler(`throw { toString() { for (;;); }, [Symbol.toPrimitive]() { for (;;); }, toJSON() { for (;;); } }`),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
