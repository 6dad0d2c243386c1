// Each reserves address space far beyond its size; what is used up is missing for every tenant of the process.
import type { Attack } from '../../attack.ts'
import { MEMORY_LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'keeps thousands of WebAssembly memories of one page',
  source: handler(
    `const all = []; try { for (;;) all.push(new WebAssembly.Memory({ initial: 1 })) } catch (error) { return new Response(all.length + ' ' + error.message) }`,
  ),
  limits: { cpuMs: 2000 },
  expect: MEMORY_LIMIT_OR_HOST_KILLED,
}
