import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'reads one branch of a teed stream and lets the other fill',
  source: handler(
    `const [a] = new ReadableStream({ pull(controller) { controller.enqueue(new Uint8Array(2 ** 16)) } }).tee(); for await (const chunk of a) chunk.fill(1)`,
  ),
  limits: { cpuMs: 2000 },
  expect: MEMORY_LIMIT,
}
