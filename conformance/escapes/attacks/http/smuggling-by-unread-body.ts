import type { Attack } from '../../attack.ts'

export const attack: Attack = {
  title: 'answers without reading a body that holds a request to another tenant',
  source: `export default { fetch: (request) => new Response('at ' + new URL(request.url).pathname) }`,
  requests: [
    {
      // The body never becomes complete, so that nothing after it on the connection is a request of its own.
      steps: [
        { send: 'POST /first HTTP/1.1\r\nHost: {host}\r\nContent-Length: 100000\r\n\r\n' },
        { pauseMs: 100 },
        { send: 'GET /hidden HTTP/1.1\r\nHost: {neighbour}\r\n\r\n', times: 10 },
        { pauseMs: 500 },
        { leave: true },
      ],
    },
  ],
  expect: { endings: ['ok', 'canceled', 'invalidRequest'], host: 'survives' },
  verify: ({ exchanges }) =>
    exchanges.some(({ raw }) => raw.includes('the neighbour answers')) ? 'the hidden request was answered' : undefined,
}
