import type { Attack } from '../../attack.ts'
import { all, noHeaderNamed, oneResponseEach } from '../../checks.ts'
import { ANSWER_OR_EXCEPTION } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'puts line ends into the reason phrase',
  source: handler(`return new Response('x', { statusText: { toString: () => 'OK\\r\\nx-escaped: 1' } })`),
  expect: ANSWER_OR_EXCEPTION,
  verify: all(noHeaderNamed('x-escaped'), oneResponseEach),
}
