import type { Attack } from '../../attack.ts'
import { ANSWER_OR_EXCEPTION } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'shrinks the buffer of a body while it is being sent',
  source:
    handler(`const buffer = new ArrayBuffer(100_000, { maxByteLength: 200_000 }); const bytes = new Uint8Array(buffer)
    const response = new Response(bytes); buffer.resize(1); setTimeout(() => buffer.resize(200_000), 1)
    return response`),
  expect: ANSWER_OR_EXCEPTION,
}
