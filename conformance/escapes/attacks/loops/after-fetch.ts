// A host loads its HTTP client with the first fetch there is, which takes as long as the loop may: that one comes first.
import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'loops in what the host starts by delivering a response',
  source: handler(`await (await fetch(env.ORIGIN)).text(); if (request.url.endsWith('/loop')) for (;;);`),
  requests: [{ path: '/first' }, { path: '/loop' }],
  expect: { ...CPU_LIMIT, endings: ['ok', ...CPU_LIMIT.endings] },
  runaway: 'interruptible',
  verify: ({ originHits, exchanges }) => {
    if (originHits !== 2) return `the origin was asked ${originHits} times`
    return exchanges[1]?.ending === 'ok' ? 'the loop was not ended' : undefined
  },
}
