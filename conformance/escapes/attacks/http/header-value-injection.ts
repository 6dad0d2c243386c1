import type { Attack } from '../../attack.ts'
import { all, noHeaderNamed, oneResponseEach } from '../../checks.ts'
import { ANSWER_OR_EXCEPTION } from '../../expectations.ts'

export const attack: Attack = {
  title: 'puts line ends into header values',
  source: `const values = ['a\\r\\nx-escaped: 1', 'a\\nx-escaped: 1', 'a\\rx-escaped: 1', 'a\\u0000x-escaped', 'a\\u010d\\u010ax-escaped: 1', 'a\\u2028x-escaped: 1']
export default { fetch: (request) => new Response('x', { headers: { 'x-a': values[Number(new URL(request.url).pathname.slice(1))] } }) }`,
  requests: Array.from({ length: 6 }, (_, i) => ({ path: `/${i}` })),
  expect: ANSWER_OR_EXCEPTION,
  verify: all(noHeaderNamed('x-escaped'), oneResponseEach),
}
