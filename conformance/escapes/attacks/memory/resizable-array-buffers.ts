// Reserved at their largest size, and counted by none of the limits.
import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'resizes array buffers to 1 GB after they were made small',
  source: handler(
    `const all = []; for (;;) { const buffer = new ArrayBuffer(8, { maxByteLength: 2 ** 30 }); buffer.resize(2 ** 30); new Uint8Array(buffer).fill(1); all.push(buffer) }`,
  ),
  limits: { cpuMs: 2000 },
  expect: MEMORY_LIMIT_OR_HOST_KILLED,
}
