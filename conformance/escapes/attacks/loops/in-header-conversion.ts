import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'loops in toString() of a header value',
  source: handler(`return new Response('', { headers: { a: { toString() { for (;;); } } } })`),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
