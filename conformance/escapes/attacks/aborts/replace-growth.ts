import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'lets a replacement grow past the longest string',
  source: handler(`'a'.repeat(2 ** 20).replace(/a/g, 'b'.repeat(2 ** 20))`),
  expect: LIMIT_OR_HOST_KILLED,
}
