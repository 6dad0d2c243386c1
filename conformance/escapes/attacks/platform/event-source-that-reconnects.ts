import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'follows event streams it may not reach, and tries again at once',
  source: handler(`for (let i = 0; i < 500; i++) new EventSource('http://127.0.0.1:' + env.BAIT_PORT + '/?' + i)
    await new Promise((resolve) => setTimeout(resolve, 500))`),
  expect: {
    endings: ['ok', 'exception', 'exceededCpu', 'exceededMemory', 'exceededWallTime', 'recycled'],
    host: 'survives',
  },
  verify: ({ baitHits }) => (baitHits === 0 ? undefined : `${baitHits} hits`),
}
