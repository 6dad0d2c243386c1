import type { Attack } from '../../attack.ts'
import { HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'splits 2**28 characters',
  source: handler(`'x'.repeat(2 ** 28).split('')`),
  expect: HOST_KILLED,
}
