import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'leaves a rejection behind that is a real error, with a message that is a getter',
  source: handler(
    `const error = new Error('x'); Object.defineProperty(error, 'message', { get() { for (;;); } }); Object.defineProperty(error, 'stack', { get() { for (;;); } }); Promise.reject(error)`,
  ),
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
