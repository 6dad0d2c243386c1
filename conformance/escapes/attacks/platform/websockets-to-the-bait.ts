import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'opens WebSockets to addresses it may not reach',
  source:
    handler(`const urls = [('http://127.0.0.1:' + env.BAIT_PORT + '/'), ('http://127.0.0.1:' + env.BAIT_PORT + '/').replace('http', 'ws')]
    const opened = []
    for (const url of urls) try { const socket = new WebSocket(url); socket.onopen = () => opened.push('opened'); await new Promise((resolve) => { socket.onclose = socket.onerror = resolve; socket.onopen = () => { opened.push(url); resolve() } }) } catch {}
    return new Response(opened.join() || 'none')`),
  expect: { endings: ['ok'], host: 'survives' },
  verify: ({ baitHits, bodies }) =>
    baitHits === 0 && bodies[0] === 'none' ? undefined : `${baitHits} hits; ${bodies[0]}`,
}
