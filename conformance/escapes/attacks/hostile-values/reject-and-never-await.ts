// isolated-vm copies an unhandled rejection to the host after the entry, outside of its time limit.
import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'leaves a rejection behind that nobody handles, with getters that loop',
  source: handler(
    `Promise.reject({ get message() { for (;;); }, get stack() { for (;;); }, get name() { for (;;); } })`,
  ),
  expect: { ...LIMIT_OR_HOST_KILLED, endings: [...LIMIT_OR_HOST_KILLED.endings] },
  runaway: 'uninterruptible',
}
