// No entry is long; only their sum is.
import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'works some milliseconds at a time, for ever',
  source: handler(
    `for (;;) { for (let i = 0; i < 10_000_000; i++); await new Promise((resolve) => setTimeout(resolve)) }`,
  ),
  expect: CPU_LIMIT,
}
