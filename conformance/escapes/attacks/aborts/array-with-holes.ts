import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'makes fast arrays of 2**25 elements',
  source: handler(`const all = []; for (;;) all.push(new Array(2 ** 25 - 1))`),
  expect: LIMIT_OR_HOST_KILLED,
}
