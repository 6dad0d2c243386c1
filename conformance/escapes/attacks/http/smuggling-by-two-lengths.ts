import type { Attack } from '../../attack.ts'
import { all, keepsTheSecret } from '../../checks.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'frames a request in two ways, so that a second one hides in it',
  source: handler(`return new Response('at ' + new URL(request.url).pathname + await request.text())`),
  requests: [
    'Content-Length: 6\r\nTransfer-Encoding: chunked',
    'Transfer-Encoding: chunked\r\nContent-Length: 6',
    'Transfer-Encoding: chunked, identity',
    'Transfer-Encoding: xchunked',
    'Transfer-Encoding : chunked',
    'Transfer-Encoding:\u000bchunked',
    'Content-Length: 6\r\nContent-Length: 60',
    'Content-Length: +6',
    'Content-Length: 0x6',
    'Content-Length: 6, 6',
    'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity',
    'X: x\r\n Content-Length: 50',
    'Content-Length: 6\nX: y',
  ].map((framing) => ({
    steps: [
      {
        send: `POST / HTTP/1.1\r\nHost: {host}\r\n${framing}\r\n\r\n0\r\n\r\nXGET /smuggled HTTP/1.1\r\nHost: {neighbour}\r\n\r\n`,
      },
      { pauseMs: 300 },
      { leave: true },
    ],
  })),
  expect: { endings: ['invalidRequest', 'hostLost', 'canceled', 'ok', 'cut'], host: 'survives' },
  verify: all(keepsTheSecret, ({ exchanges }) =>
    exchanges.some(({ raw }) => /the neighbour answers|at \/smuggled/.test(raw))
      ? 'a hidden request was answered'
      : undefined,
  ),
}
