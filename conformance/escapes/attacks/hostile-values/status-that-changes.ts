import type { Attack } from '../../attack.ts'
import { noHeaderNamed } from '../../checks.ts'
import { ANSWER_OR_EXCEPTION } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'gives a status that is another each time it is read',
  source: handler(
    `let n = 0; return new Response('x', { get status() { return n++ === 0 ? 200 : 99999 }, statusText: { toString: () => (n++ < 3 ? 'OK' : 'a\\r\\nx-escaped: 1') } })`,
  ),
  expect: ANSWER_OR_EXCEPTION,
  verify: noHeaderNamed('x-escaped'),
}
