import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'grows a WebAssembly memory a page at a time',
  source: handler(
    `const all = []; for (;;) { const memory = new WebAssembly.Memory({ initial: 0 }); all.push(memory); try { for (;;) memory.grow(16) } catch {} }`,
  ),
  limits: { cpuMs: 2000 },
  expect: MEMORY_LIMIT_OR_HOST_KILLED,
}
