import type { Attack } from '../../attack.ts'
import { LIMIT_OR_ANSWER } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'fetches without waiting for anything',
  source:
    handler(`const results = await Promise.allSettled(Array.from({ length: 10_000 }, () => fetch(env.ORIGIN + '/never', { signal: AbortSignal.timeout(500) })))
    return new Response(results.filter(({ reason }) => String(reason).includes('limit')).length + '')`),
  limits: { cpuMs: 2000 },
  expect: LIMIT_OR_ANSWER,
  verify: ({ originHits }) => (originHits > 100 ? `${originHits} subrequests were made` : undefined),
}
