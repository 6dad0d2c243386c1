import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'posts a message for every message that comes',
  source: handler(`const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }) => { port1.postMessage(data); port1.postMessage(data) }
    port2.onmessage = ({ data }) => port2.postMessage(data)
    port1.postMessage('ball')
    await new Promise(() => {})`),
  limits: { wallMs: 2000 },
  expect: {
    endings: ['ok', 'exception', 'exceededCpu', 'exceededMemory', 'exceededWallTime', 'recycled'],
    host: 'survives',
  },
}
