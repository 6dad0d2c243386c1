// No entry is long; only their sum is.
import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'works ten milliseconds at a time, for ever',
  source: handler(
    `for (;;) { const end = Date.now() + 10; while (Date.now() < end); await new Promise((resolve) => setTimeout(resolve)) }`,
  ),
  expect: CPU_LIMIT,
}
