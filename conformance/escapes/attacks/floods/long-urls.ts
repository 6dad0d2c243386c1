import type { Attack } from '../../attack.ts'
import { LIMIT_OR_ANSWER } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'parses and prints a URL of thirty million characters',
  source: handler(
    `const text = 'http://a.example/' + '%'.repeat(10_000_000) + '?' + '\\u20ac'.repeat(10_000_000); for (;;) String(new URL(text))`,
  ),
  limits: { cpuMs: 500 },
  expect: LIMIT_OR_ANSWER,
}
