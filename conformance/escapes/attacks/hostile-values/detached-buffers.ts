import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'detaches the buffers of chunks it has given away, and changes them later',
  source: handler(`const bytes = new Uint8Array(70_000).fill(97); const buffer = bytes.buffer
    const response = new Response(new ReadableStream({ start(c) { c.enqueue(bytes); buffer.transfer?.(0); c.enqueue(bytes); c.close() } }))
    return response`),
  expect: { endings: ['ok', 'cut', 'exception'], host: 'survives' },
}
