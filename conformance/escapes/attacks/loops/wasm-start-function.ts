import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { WASM_LOOP_AT_START } from '../../wasm-modules.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'loops in the start function of a WebAssembly module',
  source: handler(`new WebAssembly.Instance(new WebAssembly.Module(${WASM_LOOP_AT_START}))`),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
