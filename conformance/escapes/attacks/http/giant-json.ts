import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'parses fifteen megabytes of JSON that a client sent: five million arrays',
  source: handler(`return new Response(String((await request.json()).length))`),
  requests: [{ method: 'POST', body: `[${'[],'.repeat(5_000_000)}[]]` }],
  expect: MEMORY_LIMIT_OR_HOST_KILLED,
}
