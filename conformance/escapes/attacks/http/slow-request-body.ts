import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'waits for a body of which a byte comes every tenth of a second',
  source: handler(`await request.text()`),
  limits: { wallMs: 1000 },
  requests: [
    {
      times: 8,
      steps: [
        { send: 'POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1000\r\n\r\n' },
        ...Array.from({ length: 20 }, () => [{ pauseMs: 100 }, { send: 'x' }]).flat(),
        { pauseMs: 500 },
        { leave: true },
      ],
    },
  ],
  expect: { endings: ['exceededWallTime', 'invalidRequest'], host: 'survives' },
}
