import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'keeps WebAssembly memories of 64 MB, and writes to each page',
  source: handler(
    `const all = []; for (;;) { const memory = new WebAssembly.Memory({ initial: 1024 }); new Uint8Array(memory.buffer).fill(1); all.push(memory) }`,
  ),
  limits: { cpuMs: 2000 },
  expect: MEMORY_LIMIT_OR_HOST_KILLED,
}
