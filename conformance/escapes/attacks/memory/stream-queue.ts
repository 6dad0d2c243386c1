import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'enqueues without regard to what the stream has room for',
  source: handler(
    `return new Response(new ReadableStream({ start(controller) { for (;;) controller.enqueue(new Uint8Array(2 ** 16)) } }))`,
  ),
  limits: { cpuMs: 2000 },
  expect: MEMORY_LIMIT,
}
