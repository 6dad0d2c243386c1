import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'keeps WebAssembly tables of ten million elements',
  source: handler(
    `const all = []; for (;;) all.push(new WebAssembly.Table({ initial: 10_000_000, element: 'anyfunc' }))`,
  ),
  limits: { cpuMs: 2000 },
  expect: MEMORY_LIMIT_OR_HOST_KILLED,
}
