import type { Attack } from '../../attack.ts'
import { HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'hangs in indexOf in eight requests that come together',
  source: handler(`Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)`),
  requests: [{ times: 8 }],
  expect: HOST_KILLED,
  runaway: 'uninterruptible',
}
