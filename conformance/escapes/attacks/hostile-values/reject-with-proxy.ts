import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'leaves a rejection behind that is a proxy',
  source: handler(
    `Promise.reject(new Proxy(new Error('x'), { get() { for (;;); }, getPrototypeOf() { for (;;); }, getOwnPropertyDescriptor() { for (;;); } }))`,
  ),
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
