import type { Attack } from '../../attack.ts'
import { LIMIT_OR_ANSWER } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'starts a thousand intervals of a millisecond, and lets them run',
  source: handler(
    `for (let i = 0; i < 990; i++) setInterval(() => {}, 1); await new Promise((resolve) => setTimeout(resolve, 3000))`,
  ),
  expect: LIMIT_OR_ANSWER,
}
