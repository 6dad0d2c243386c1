import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'normalizes a string of 2**27 characters',
  source: handler(`('\\u1e9b\\u0323'.repeat(2 ** 26)).normalize('NFKD')`),
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
