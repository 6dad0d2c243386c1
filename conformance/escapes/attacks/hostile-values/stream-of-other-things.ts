import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'streams values that are no bytes',
  source:
    handler(`const values = [1, {}, null, 'text', new Uint16Array(2), new DataView(new ArrayBuffer(4)), [1, 2], Symbol('s')]
    return new Response(new ReadableStream({ start(c) { c.enqueue(values[Number(new URL(request.url).pathname.slice(1))]); c.close() } }))`),
  requests: Array.from({ length: 8 }, (_, i) => ({ path: `/${i}` })),
  expect: { endings: ['ok', 'cut', 'exception'], host: 'survives' },
}
