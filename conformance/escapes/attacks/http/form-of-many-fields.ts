import type { Attack } from '../../attack.ts'
import { LIMIT_OR_ANSWER } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'parses a form of a million fields',
  source: handler(`return new Response(String([...(await request.formData())].length))`),
  requests: [
    {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'a=b&'.repeat(1_000_000),
    },
  ],
  expect: LIMIT_OR_ANSWER,
}
