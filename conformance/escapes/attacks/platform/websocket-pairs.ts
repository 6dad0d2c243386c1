import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'makes pairs of WebSockets, a message waiting in each',
  source: handler(`const pairs = []
    for (;;) { const [near, far] = Object.values(new WebSocketPair()); near.accept(); near.send('x'.repeat(60000)); pairs.push(near, far) }`),
  expect: {
    endings: ['ok', 'exception', 'exceededCpu', 'exceededMemory', 'exceededWallTime', 'recycled'],
    host: 'survives',
  },
}
