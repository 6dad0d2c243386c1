import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'passes a response on that unpacks without end, to a client that does not read',
  source: handler(`return fetch(env.ORIGIN + '/gzip-bomb')`),
  requests: [{ times: 4, leaveAfterMs: 2000 }],
  // Where the host that relays is quick, the worker's own processor time ends it first.
  expect: { endings: ['canceled', 'cut', 'ok', 'exceededCpu'], host: 'survives' },
}
