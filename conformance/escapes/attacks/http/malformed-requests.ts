import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'sends what is no request, in many ways',
  source: handler(''),
  requests: [
    '\0\0\0\0',
    'GET\r\n\r\n',
    'GET / HTTP/9.9\r\nHost: {host}\r\n\r\n',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    '\u0016\u0003\u0001\u0002\0\u0001',
    'CONNECT a.example:443 HTTP/1.1\r\nHost: {host}\r\n\r\n',
    'TRACE / HTTP/1.1\r\nHost: {host}\r\n\r\n',
    'GET /\u0000 HTTP/1.1\r\nHost: {host}\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 99999999999999999999\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n',
    'OPTIONS * HTTP/1.1\r\nHost: {host}\r\n\r\n',
  ].map((send) => ({ steps: [{ send }, { pauseMs: 200 }, { leave: true }] })),
  expect: {
    endings: ['invalidRequest', 'hostLost', 'canceled', 'ok', 'exception', 'tooLarge', 'cut'],
    host: 'survives',
  },
}
