// The queue of microtasks belongs to the isolate: one task's chain runs in the entry of the next.
import type { Attack } from '../../attack.ts'
import { lastBodyIs } from '../../checks.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'goes on in microtasks after its task has ended, at the cost of the next',
  mode: 'pool',
  source: handler(
    `if (request.url.endsWith('/leave')) { let n = 0; const next = () => { if (n++ < 1e9) Promise.resolve().then(next) }; Promise.resolve().then(next); return new Response('left') }`,
  ),
  requests: [{ path: '/leave' }, { path: '/innocent' }],
  expect: { endings: ['ok', 'exceededCpu', 'recycled'], host: 'survives' },
  verify: lastBodyIs('done'),
}
