import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'lists the keys of a string of 2**28 characters',
  source: handler(`Reflect.ownKeys(new String('x'.repeat(2 ** 28)))`),
  expect: LIMIT_OR_HOST_KILLED,
}
