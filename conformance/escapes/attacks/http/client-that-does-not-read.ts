import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'streams to clients that never read',
  source: handler(
    `let n = 0; return new Response(new ReadableStream({ pull(c) { if (n++ > 5000) c.close(); else c.enqueue(new Uint8Array(65_536)) } }))`,
  ),
  requests: [{ times: 8, leaveAfterMs: 2000, reads: false }],
  limits: { cpuMs: 1000 },
  expect: { endings: ['canceled', 'ok', 'cut'], host: 'survives' },
}
