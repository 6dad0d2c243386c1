// Code space belongs to the process: four gigabytes at most, for all isolates.
import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { WASM_LOOP } from '../../wasm-modules.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'compiles WebAssembly modules without end, and keeps them',
  source: handler(
    `const bytes = ${WASM_LOOP}; const all = []; for (;;) all.push(new WebAssembly.Instance(new WebAssembly.Module(bytes)))`,
  ),
  limits: { cpuMs: 2000 },
  expect: MEMORY_LIMIT_OR_HOST_KILLED,
}
