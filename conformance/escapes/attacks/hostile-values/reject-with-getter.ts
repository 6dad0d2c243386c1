import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'rejects with an object whose getters loop',
  source: handler(`await null; throw { get stack() { for (;;); }, get message() { for (;;); } }`),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
