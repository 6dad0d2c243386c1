import type { Attack } from '../../attack.ts'
import { ANSWER_OR_EXCEPTION } from '../../expectations.ts'

export const attack: Attack = {
  title: 'answers 204, 304 and HEAD with bodies',
  source: `const hidden = 'HTTP/1.1 200 OK\\r\\ncontent-length: 7\\r\\n\\r\\nescaped'
export default { fetch: (request) => { const status = Number(new URL(request.url).pathname.slice(1)); try { return new Response(hidden, { status }) } catch { return new Response(null, { status, headers: { 'content-length': '5' } }) } } }`,
  requests: [{ path: '/204' }, { path: '/304' }, { path: '/205' }, { method: 'HEAD', path: '/200' }],
  expect: ANSWER_OR_EXCEPTION,
  verify: ({ exchanges }) =>
    exchanges.some(({ raw }) => raw.includes('escaped')) ? 'a body was sent where none may be' : undefined,
}
