import type { Attack } from '../../attack.ts'
import { LIMIT_OR_ANSWER } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'answers with a million headers',
  source: handler(
    `const headers = new Headers(); for (let i = 0; i < 1_000_000; i++) headers.append('x-' + (i % 1000), 'v'); return new Response('x', { headers })`,
  ),
  limits: { cpuMs: 2000 },
  expect: LIMIT_OR_ANSWER,
}
