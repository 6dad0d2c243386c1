import type { Attack } from '../../attack.ts'
import { all, oneResponseEach } from '../../checks.ts'
import { ANSWER_OR_EXCEPTION } from '../../expectations.ts'

export const attack: Attack = {
  title: 'answers with statuses HTTP does not have',
  source: `const all = [0, 99, 100, 102, 199, 600, 999, 1000, -1, NaN, Infinity, 200.5, 2 ** 32 + 200, '200 OK']
export default { fetch: (request) => new Response(null, { status: all[Number(new URL(request.url).pathname.slice(1))] }) }`,
  requests: Array.from({ length: 14 }, (_, i) => ({ path: `/${i}` })),
  expect: ANSWER_OR_EXCEPTION,
  verify: all(oneResponseEach, ({ exchanges }) => {
    const odd = exchanges.flatMap(({ responses }) => responses).find(({ status }) => status < 200 || status > 599)
    return odd === undefined ? undefined : `status ${odd.status}`
  }),
}
