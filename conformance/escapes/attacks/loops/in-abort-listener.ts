import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'loops when it learns that its client has left',
  source: handler(`if (request.url.endsWith('/again')) return new Response('done')
    request.signal.addEventListener('abort', () => { for (;;); })
    await new Promise(() => {})`),
  requests: [{ leaveAfterMs: 100 }, { path: '/again' }],
  expect: { endings: ['canceled', 'ok', 'recycled'], host: 'survives' },
  lingersMs: 500,
}
