import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'answers first and loops in waitUntil()',
  source: handler(
    `if (request.url.endsWith('/loop')) ctx.waitUntil(new Promise((resolve) => setTimeout(resolve, 1)).then(() => { for (;;); }))`,
  ),
  requests: [{ path: '/loop' }, { path: '/again', times: 4 }],
  expect: { endings: ['ok', 'recycled'], host: 'survives' },
  lingersMs: 500,
}
