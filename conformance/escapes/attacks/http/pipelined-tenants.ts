import type { Attack } from '../../attack.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'asks two tenants in turns on one connection, and mixes up nothing',
  source: handler(`await new Promise((resolve) => setTimeout(resolve, 50)); return new Response('the attack')`),
  requests: [
    {
      steps: [
        { send: 'GET / HTTP/1.1\r\nHost: {host}\r\n\r\nGET / HTTP/1.1\r\nHost: {neighbour}\r\n\r\n', times: 5 },
        { send: 'GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n' },
      ],
    },
  ],
  expect: HARMLESS,
  verify: ({ exchanges }) => {
    const got = exchanges[0]?.responses.map(({ body }) => (body === 'the attack' ? 'A' : 'N')).join('')
    return got === 'ANANANANANA' ? undefined : `the order was ${got}`
  },
}
