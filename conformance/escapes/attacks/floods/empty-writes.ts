import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'streams empty chunks without end',
  source: handler(`return new Response(new ReadableStream({ pull(c) { c.enqueue(new Uint8Array(0)) } }))`),
  limits: { cpuMs: 200 },
  requests: [{ leaveAfterMs: 3000 }],
  expect: { endings: ['cut', 'canceled', 'exceededCpu', 'recycled', 'exception'], host: 'survives' },
}
