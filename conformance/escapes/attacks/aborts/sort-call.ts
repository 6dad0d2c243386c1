import type { Attack } from '../../attack.ts'
import { HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'sorts an array-like of 2**32-1 elements',
  source: handler(`Array.prototype.sort.call({ length: 2 ** 32 - 1 })`),
  expect: HOST_KILLED,
}
