import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'answers every message of a WebSocket with another, for ever',
  source: handler(`const [near, far] = Object.values(new WebSocketPair())
    near.accept(); far.accept()
    near.addEventListener('message', ({ data }) => { near.send(data); near.send(data) })
    far.addEventListener('message', ({ data }) => far.send(data))
    far.send('ball')
    await new Promise(() => {})`),
  limits: { wallMs: 2000 },
  expect: {
    endings: ['ok', 'exception', 'exceededCpu', 'exceededMemory', 'exceededWallTime', 'recycled'],
    host: 'survives',
  },
}
