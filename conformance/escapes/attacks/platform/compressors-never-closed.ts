import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'opens a compressor for every turn of a loop, and closes none',
  source: handler(`const writers = []
    for (let i = 0; i < 20000; i++) { const writer = new CompressionStream('brotli').writable.getWriter(); void writer.write(new Uint8Array(1024)).catch(() => {}); writers.push(writer) }
    await new Promise((resolve) => setTimeout(resolve, 200))`),
  expect: {
    endings: ['ok', 'exception', 'exceededCpu', 'exceededMemory', 'exceededWallTime', 'recycled'],
    host: 'survives',
  },
}
