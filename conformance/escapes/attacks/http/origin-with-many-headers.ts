import type { Attack } from '../../attack.ts'
import { LIMIT_OR_ANSWER } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'fetches a response of twenty thousand headers',
  source: handler(
    `try { return new Response(String([...(await fetch(env.ORIGIN + '/many-headers')).headers].length)) } catch { return new Response('refused') }`,
  ),
  expect: LIMIT_OR_ANSWER,
}
