import type { Attack } from '../../attack.ts'
import { HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'hangs a host, and comes back at once to hang the next',
  source: handler(`Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)`),
  requests: [{}, {}, { times: 4 }],
  expect: HOST_KILLED,
  verify: ({ exchanges }) =>
    exchanges.slice(1).every(({ ending }) => ending === 'quarantined') ? undefined : 'it ran again',
}
