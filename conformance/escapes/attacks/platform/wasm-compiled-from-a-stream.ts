import type { Attack } from '../../attack.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'streams WebAssembly without end to the compiler',
  source: handler(`const source = new ReadableStream({ pull(controller) { controller.enqueue(new Uint8Array(65536)) } })
    await WebAssembly.compileStreaming(new Response(source, { headers: { 'content-type': 'application/wasm' } }))`),
  expect: {
    endings: ['ok', 'exception', 'exceededCpu', 'exceededMemory', 'exceededWallTime', 'recycled'],
    host: 'survives',
  },
}
