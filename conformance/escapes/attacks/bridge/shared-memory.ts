// Shared memory with a second thread is a clock fine enough to read other tenants' memory by; it is not counted either.
import type { Attack } from '../../attack.ts'
import { HARMLESS } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'gets shared memory through WebAssembly',
  source: handler(`const out = []
    try { const { buffer } = new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true }); out.push(Object.prototype.toString.call(buffer)); new buffer.constructor(2 ** 16); out.push('constructed') } catch (error) { out.push(error.name) }
    return new Response(out.join())`),
  expect: HARMLESS,
  verify: ({ bodies }) => (bodies[0]?.includes('constructed') ? 'shared memory can be made' : undefined),
}
