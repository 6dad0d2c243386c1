import type { Attack } from '../../attack.ts'
import { HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'hangs in indexOf while its error is described',
  source: handler(`throw { get message() { return Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1) } }`),
  expect: HOST_KILLED,
  runaway: 'uninterruptible',
}
