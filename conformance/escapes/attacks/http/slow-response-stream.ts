import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'writes one byte every tenth of a second, for ever',
  source: handler(
    `return new Response(new ReadableStream({ async pull(c) { await new Promise((resolve) => setTimeout(resolve, 100)); c.enqueue(new Uint8Array(1)) } }))`,
  ),
  limits: { waitUntilMs: 1500 },
  expect: { endings: ['cut'], host: 'survives' },
}
