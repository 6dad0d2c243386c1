import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'doubles an array by concat()',
  source: handler(`let array = new Array(2 ** 20).fill(1); for (;;) array = array.concat(array)`),
  expect: LIMIT_OR_HOST_KILLED,
}
