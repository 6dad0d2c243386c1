import type { Attack } from '../../attack.ts'
import { HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'fills a real array of 2**32-1 elements',
  source: handler(`Array(2 ** 32 - 1).fill(1)`),
  expect: HOST_KILLED,
}
