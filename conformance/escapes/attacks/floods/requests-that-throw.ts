import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'is asked by five hundred clients at once, and throws',
  source: handler(`throw new Error('x'.repeat(1_000_000))`),
  requests: [{ times: 500 }],
  expect: { endings: ['exception', 'loadShed', 'exceededMemory', 'recycled', 'exceededCpu'], host: 'survives' },
}
