import type { Attack } from '../../attack.ts'
import { lastBodyIs } from '../../checks.ts'

export const attack: Attack = {
  title: 'streams without end to clients that have left',
  source: `let running = 0
export default { fetch(request) {
  if (request.url.endsWith('/count')) return new Response(String(running))
  running++
  return new Response(new ReadableStream({ async pull(c) { await new Promise((resolve) => setTimeout(resolve, 10)); c.enqueue(new Uint8Array(1000)) }, cancel() { running-- } }))
} }`,
  requests: [
    { times: 10, leaveAfterMs: 200 },
    { steps: [{ pauseMs: 300 }, { send: 'GET /count HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n' }] },
  ],
  expect: { endings: ['canceled', 'ok'], host: 'survives' },
  verify: lastBodyIs('0'),
}
