// A stream may last as long as its client reads it; what is open meanwhile must not keep others waiting.
import type { Attack } from '../../attack.ts'
import { lastBodyIs } from '../../checks.ts'

export const attack: Attack = {
  title: 'keeps two hundred streams open, each of which gets one byte every tenth of a second',
  source: `let running = 0
export default { fetch(request) {
  if (request.url.endsWith('/count')) return new Response(String(running))
  running++
  return new Response(new ReadableStream({ async pull(c) { await new Promise((resolve) => setTimeout(resolve, 100)); c.enqueue(new Uint8Array(1)) }, cancel() { running-- } }))
} }`,
  requests: [
    { times: 200, leaveAfterMs: 1500 },
    { steps: [{ pauseMs: 500 }, { send: 'GET /count HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n' }] },
  ],
  expect: { endings: ['canceled', 'ok', 'loadShed'], host: 'survives' },
  verify: lastBodyIs('0'),
}
