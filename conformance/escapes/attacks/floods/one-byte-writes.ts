import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'streams a million chunks of one byte',
  source: handler(
    `let n = 0; const byte = new Uint8Array(1); return new Response(new ReadableStream({ pull(c) { if (n++ > 1_000_000) c.close(); else c.enqueue(byte) } }))`,
  ),
  limits: { cpuMs: 1000 },
  expect: { endings: ['cut', 'ok', 'exceededCpu', 'recycled'], host: 'survives' },
}
