import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { WASM_RECURSION } from '../../wasm-modules.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'fills the stack from WebAssembly, over and over',
  source: handler(
    `const { run } = new WebAssembly.Instance(new WebAssembly.Module(${WASM_RECURSION})).exports; for (;;) try { run() } catch {}`,
  ),
  expect: CPU_LIMIT,
  runaway: 'interruptible',
}
