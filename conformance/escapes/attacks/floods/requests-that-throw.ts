import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'is asked by two hundred clients at once, and throws',
  source: handler(`throw new Error('x'.repeat(100_000))`),
  requests: [{ times: 200 }],
  expect: { endings: ['exception', 'loadShed', 'exceededMemory', 'recycled', 'exceededCpu'], host: 'survives' },
}
