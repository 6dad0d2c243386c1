// What the body says is the next response on the connection, if the worker's lengths are believed.
import type { Attack } from '../../attack.ts'
import { ANSWER_OR_EXCEPTION } from '../../expectations.ts'

export const attack: Attack = {
  title: 'lies about the length of its body, with a response hidden in it',
  source: `const body = 'HTTP/1.1 200 OK\\r\\ncontent-length: 7\\r\\n\\r\\nescaped'
const lies = [{ 'content-length': '0' }, { 'content-length': '5' }, { 'content-length': '99999' }, { 'transfer-encoding': 'chunked' }, { connection: 'close, content-length' }, { trailer: 'content-length' }]
export default { fetch: (request) => new Response(body, { headers: lies[Number(new URL(request.url).pathname.slice(1))] }) }`,
  requests: Array.from({ length: 6 }, (_, i) => ({
    steps: [
      {
        send: `GET /${i} HTTP/1.1\r\nHost: {host}\r\n\r\nGET /${i} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n`,
      },
    ],
  })),
  expect: ANSWER_OR_EXCEPTION,
  verify: ({ exchanges }) => {
    const wrong = exchanges.find(
      ({ responses }) => responses.length !== 2 || responses.some(({ body }) => body === 'escaped'),
    )
    return wrong === undefined ? undefined : `${wrong.responses.length} responses to two requests`
  },
}
