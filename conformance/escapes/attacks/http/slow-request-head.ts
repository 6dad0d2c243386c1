// Slowloris. Connections are the host's, so this concerns every tenant.
import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'sends heads that never end, on a hundred connections',
  source: handler(''),
  requests: [
    {
      times: 100,
      steps: [
        { send: 'GET / HTTP/1.1\r\nHost: {host}\r\n' },
        { pauseMs: 500 },
        { send: 'x-a: b\r\n' },
        { pauseMs: 1000 },
        { leave: true },
      ],
    },
  ],
  expect: { endings: ['canceled', 'invalidRequest', 'hostLost'], host: 'survives' },
}
