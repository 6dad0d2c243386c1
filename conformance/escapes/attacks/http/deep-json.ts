import type { Attack } from '../../attack.ts'
import { LIMIT_OR_ANSWER } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'parses JSON a million levels deep',
  source: handler(`return new Response(typeof (await request.json()))`),
  requests: [{ method: 'POST', body: `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}` }],
  expect: LIMIT_OR_ANSWER,
}
