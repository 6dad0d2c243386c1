import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'has the parser read brackets again and again at each of their levels',
  source: handler(`const deep = '('.repeat(100_000); for (;;) try { new Function(deep) } catch {}`),
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
