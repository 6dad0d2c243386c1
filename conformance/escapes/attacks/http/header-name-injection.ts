import type { Attack } from '../../attack.ts'
import { all, noHeaderNamed, oneResponseEach } from '../../checks.ts'

export const attack: Attack = {
  title: 'puts line ends, colons and spaces into header names',
  source: `const names = ['x-a\\r\\nx-escaped', 'x-a: b\\nx-escaped', 'x-escaped :', ' x-escaped', 'x\\u0000', '']
export default { fetch: (request) => new Response('x', { headers: [[names[Number(new URL(request.url).pathname.slice(1))], '1']] }) }`,
  requests: Array.from({ length: 6 }, (_, i) => ({ path: `/${i}` })),
  expect: { endings: ['exception'], host: 'survives' },
  verify: all(noHeaderNamed('x-escaped'), oneResponseEach),
}
