import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'moves all of a WebAssembly memory about, natively',
  source: handler(
    `const memory = new Uint8Array(new WebAssembly.Memory({ initial: 1024 }).buffer); for (;;) memory.copyWithin(1, 0)`,
  ),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
