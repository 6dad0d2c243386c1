import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'answers first and hangs in indexOf afterwards',
  source: handler(
    `ctx.waitUntil(new Promise((resolve) => setTimeout(resolve, 20)).then(() => Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)))`,
  ),
  expect: { endings: ['ok', 'hostLost'], host: 'dies' },
  lingersMs: 1500,
}
