import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'decompresses a gigabyte that was a megabyte',
  source: handler(`const zeros = new Uint8Array(65536)
    let sent = 0
    const source = new ReadableStream({ pull(controller) { sent++ < 16384 ? controller.enqueue(zeros) : controller.close() } })
    const all = []
    const reader = source.pipeThrough(new CompressionStream('gzip')).pipeThrough(new DecompressionStream('gzip')).getReader()
    for (let next = await reader.read(); !next.done; next = await reader.read()) all.push(next.value)`),
  expect: {
    endings: ['ok', 'exception', 'exceededCpu', 'exceededMemory', 'exceededWallTime', 'recycled'],
    host: 'survives',
  },
}
