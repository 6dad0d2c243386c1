import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'sends more body than the version takes, with and without saying so',
  source: handler(`await request.text()`),
  limits: { requestBodyBytes: 1000 },
  requests: [
    { method: 'POST', body: 'x'.repeat(100_000) },
    {
      steps: [
        { send: 'POST / HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n' },
        { send: `400\r\n${'x'.repeat(1024)}\r\n`, times: 1000 },
        { send: '0\r\n\r\n' },
        { pauseMs: 2000 },
        { leave: true },
      ],
    },
  ],
  expect: { endings: ['tooLarge', 'hostLost', 'exception'], host: 'survives' },
}
