import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'looks for a word in a text of 2**27 characters without words',
  source: handler(
    `new Intl.Segmenter('th', { granularity: 'word' }).segment('\\u0e01'.repeat(2 ** 24)).containing(2 ** 24 - 1)`,
  ),
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
