import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'sends a thousand requests on one connection without reading an answer',
  source: handler(''),
  requests: [
    {
      steps: [
        { send: 'GET / HTTP/1.1\r\nHost: {host}\r\n\r\n', times: 1000 },
        { send: 'GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n' },
      ],
    },
  ],
  expect: { endings: ['ok', 'loadShed'], host: 'survives' },
  verify: ({ exchanges }) =>
    exchanges[0]?.responses.length === 1001 ? undefined : `${exchanges[0]?.responses.length} answers to 1001 requests`,
}
