import type { Attack } from '../../attack.ts'
import { oneResponseEach } from '../../checks.ts'
import { ANSWER_OR_EXCEPTION } from '../../expectations.ts'

export const attack: Attack = {
  title: 'writes a whole second response into a header, a redirect and a type',
  source: `const second = '\\r\\n\\r\\nHTTP/1.1 200 OK\\r\\ncontent-length: 7\\r\\n\\r\\nescaped'
const makers = [() => new Response('x', { headers: { a: second } }), () => Response.redirect('http://a.example/' + second), () => new Response(new Blob(['x'], { type: 'a/b' + second })), () => new Response('x', { statusText: second })]
export default { fetch: (request) => makers[Number(new URL(request.url).pathname.slice(1))]() }`,
  requests: Array.from({ length: 4 }, (_, i) => ({ path: `/${i}` })),
  expect: ANSWER_OR_EXCEPTION,
  verify: oneResponseEach,
}
