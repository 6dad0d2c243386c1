import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'transfers streams through each other',
  source: handler(`let stream = new ReadableStream({ pull(controller) { controller.enqueue('x') } })
    for (let i = 0; i < 5000; i++) stream = structuredClone(stream, { transfer: [stream] })
    const reader = stream.getReader()
    for (let i = 0; i < 100; i++) await reader.read()`),
  expect: {
    endings: ['ok', 'exception', 'exceededCpu', 'exceededMemory', 'exceededWallTime', 'recycled'],
    host: 'survives',
  },
}
