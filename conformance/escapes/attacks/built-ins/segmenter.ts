import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'segments a string of 2**27 characters',
  source: handler(`[...new Intl.Segmenter().segment('a'.repeat(2 ** 27))].length`),
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
