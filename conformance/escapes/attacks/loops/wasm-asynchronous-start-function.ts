// Compiled in the background: what runs the start function afterwards must be an entry with a time limit, or nothing.
import type { Attack } from '../../attack.ts'
import { CPU_LIMIT } from '../../expectations.ts'
import { WASM_LOOP_AT_START } from '../../wasm-modules.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'loops in the start function of a module that is compiled and instantiated asynchronously',
  source: handler(`await WebAssembly.instantiate(${WASM_LOOP_AT_START})`),
  limits: { wallMs: 1000 },
  expect: { ...CPU_LIMIT, endings: [...CPU_LIMIT.endings, 'exceededWallTime', 'exception'] },
}
