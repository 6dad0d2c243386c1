import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'makes blobs of blobs',
  source: handler(
    `let blob = new Blob(['x'.repeat(2 ** 20)]); for (;;) blob = new Blob([blob, blob]), await blob.arrayBuffer()`,
  ),
  limits: { cpuMs: 2000 },
  expect: MEMORY_LIMIT_OR_HOST_KILLED,
}
