import type { Attack } from '../../attack.ts'

export const attack: Attack = {
  title: 'answers without reading a body that holds a request to another tenant',
  source: `export default { fetch: (request) => new Response('at ' + new URL(request.url).pathname) }`,
  requests: [
    {
      steps: [
        {
          send: 'POST /first HTTP/1.1\r\nHost: {host}\r\nContent-Length: 48\r\n\r\nGET /hidden HTTP/1.1\r\nHost: {neighbour}:000000\r\n\r\n'.padEnd(
            120,
            'x',
          ),
        },
        { pauseMs: 500 },
        { leave: true },
      ],
    },
  ],
  expect: { endings: ['ok', 'canceled', 'invalidRequest'], host: 'survives' },
  verify: ({ exchanges }) =>
    exchanges.some(({ raw }) => raw.includes('the neighbour answers')) ? 'the hidden request was answered' : undefined,
}
