import type { Attack } from '../../attack.ts'
import { LIMIT_OR_ANSWER } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'parses a multipart form that is all boundaries',
  source: handler(`return new Response(String([...(await request.formData())].length))`),
  requests: [
    {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=-' },
      body: `${'-'.repeat(2_000_000)}\r\n--${'-\r\n'.repeat(1_000_000)}`,
    },
  ],
  expect: LIMIT_OR_ANSWER,
}
