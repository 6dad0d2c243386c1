import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'streams chunks of ten megabytes as fast as its clients read',
  source: handler(
    `let n = 0; return new Response(new ReadableStream({ pull(c) { if (n++ > 100) c.close(); else c.enqueue(new Uint8Array(10_000_000)) } }))`,
  ),
  limits: { cpuMs: 2000 },
  requests: [{ times: 4, leaveAfterMs: 2000 }],
  expect: { endings: ['canceled', 'cut', 'ok', 'exceededMemory', 'exceededCpu', 'recycled'], host: 'survives' },
}
