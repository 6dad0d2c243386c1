import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'opens WebSockets to addresses it may not reach',
  source: handler(`const opened = []
    for (const scheme of ['http', 'ws']) {
      const socket = new WebSocket(scheme + '://127.0.0.1:' + env.BAIT_PORT + '/')
      await new Promise((resolve) => {
        socket.onopen = () => { opened.push(scheme); resolve() }
        socket.onclose = socket.onerror = resolve
      })
    }
    return new Response(opened.join() || 'none')`),
  expect: { endings: ['ok'], host: 'survives' },
  verify: ({ baitHits, bodies }) =>
    baitHits === 0 && bodies[0] === 'none' ? undefined : `${baitHits} hits; ${bodies[0]}`,
}
