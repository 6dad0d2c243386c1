import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'fills the stack of the parser, over and over',
  source: handler(`const deep = '('.repeat(100_000); for (;;) try { new Function(deep) } catch {}`),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
