import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'throws errors with causes without end, and in a circle',
  source:
    handler(`let error = new Error('end'); for (let i = 0; i < 100_000; i++) error = new Error('x', { cause: error })
    if (request.url.endsWith('/circle')) error.cause = error
    throw error`),
  requests: [{}, { path: '/circle' }],
  limits: { cpuMs: 1000 },
  expect: { endings: ['exception', 'exceededCpu', 'exceededMemory', 'recycled'], host: 'survives' },
}
