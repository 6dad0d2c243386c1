import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'lists the keys of a typed array of 2**25 elements',
  source: handler(`Reflect.ownKeys(new Uint8Array(2 ** 25))`),
  limits: { heapMb: 128 },
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
