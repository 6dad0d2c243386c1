import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'names its host in ways that two readers read differently',
  source: handler(`return new Response('the attack at ' + request.url)`),
  requests: [
    'GET / HTTP/1.1\r\nHost: {host}\r\nHost: {neighbour}',
    'GET http://{neighbour}/ HTTP/1.1\r\nHost: {host}',
    'GET / HTTP/1.1\r\nHost: {neighbour}@{host}',
    'GET / HTTP/1.1\r\nHost: {host}#{neighbour}',
    'GET //{neighbour}/ HTTP/1.1\r\nHost: {host}',
    'GET / HTTP/1.1\r\nHost: {host}\t{neighbour}',
    'GET / HTTP/1.1\r\nX-Forwarded-Host: {neighbour}\r\nForwarded: host={neighbour}\r\nX-Host: {neighbour}\r\nHost: {host}',
    'GET / HTTP/1.1\r\nHost:',
    'GET / HTTP/1.0',
  ].map((head) => ({ steps: [{ send: `${head}\r\nConnection: close\r\n\r\n` }] })),
  expect: { endings: ['invalidRequest', 'ok', 'notFound', 'hostLost'], host: 'survives' },
  verify: ({ exchanges }) =>
    exchanges.some(({ raw }) => raw.includes('the neighbour answers')) ? 'another tenant answered' : undefined,
}
