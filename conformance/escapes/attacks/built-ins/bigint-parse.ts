import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'reads a BigInt of ten million digits',
  source: handler(`BigInt('9'.repeat(10_000_000))`),
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
