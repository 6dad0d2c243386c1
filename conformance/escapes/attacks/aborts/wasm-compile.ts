import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'gives the compiler of WebAssembly a function of seven megabytes',
  source:
    handler(`const leb = (n) => { const out = []; do { out.push((n & 127) | (n > 127 ? 128 : 0)); n >>>= 7 } while (n > 0); return out }
    const size = 7_000_000
    const head = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 7, 1, 3, 114, 117, 110, 0, 0]
    const body = new Uint8Array(size); for (let i = 1; i + 3 < size; i += 3) body.set([2, 64, 11], i)
    const used = 1 + Math.floor((size - 4) / 3) * 3
    const code = [...leb(1 + leb(used + 1).length + used + 1), 1, ...leb(used + 1)]
    const bytes = new Uint8Array([...head, 10, ...code, ...body.subarray(0, used), 11])
    for (;;) { const { run } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports; run() }`),
  limits: { cpuMs: 2000, heapMb: 256 },
  expect: LIMIT_OR_HOST_KILLED,
}
