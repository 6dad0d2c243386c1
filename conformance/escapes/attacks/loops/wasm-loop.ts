import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { WASM_LOOP } from '../../wasm-modules.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'loops in WebAssembly',
  source: handler(`new WebAssembly.Instance(new WebAssembly.Module(${WASM_LOOP})).exports.run()`),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
