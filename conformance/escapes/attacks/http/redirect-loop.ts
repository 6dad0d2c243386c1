import type { Attack } from '../../attack.ts'
import { all, bodiesAre } from '../../checks.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'follows a redirect that leads to itself',
  source: handler(
    `try { await fetch(env.ORIGIN + '/redirect-loop'); return new Response('reached') } catch { return new Response('refused') }`,
  ),
  expect: HARMLESS,
  verify: all(bodiesAre('refused'), ({ originHits }) =>
    originHits > 51 ? `${originHits} requests were made` : undefined,
  ),
}
