import assert from 'node:assert/strict'
import { bundleProject } from '../../src/bundle/bundle-project.ts'
import { inEveryMode } from '../support/modes.ts'
import { tmpDir } from '../support/tmp-dir.ts'

/** (module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)) */
const ADD = new Uint8Array([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 7, 1, 0x60, 2, 0x7f, 0x7f, 1, 0x7f, 3, 2, 1, 0, 7, 7, 1, 3, 0x61, 0x64, 0x64, 0,
  0, 10, 9, 1, 7, 0, 0x20, 0, 0x20, 1, 0x6a, 0x0b,
])

using project = tmpDir({
  'package.json': '{}',
  'index.ts': `
    import greeting from './greeting.txt'
    import bytes from './bytes.bin'
    import add from './add.wasm'
    const { exports } = new WebAssembly.Instance(add)
    export default {
      fetch: () => Response.json({
        greeting, bytes: [...new Uint8Array(bytes)], sum: (exports as any).add(2, 3), same: bytes instanceof ArrayBuffer,
      }),
    }`,
  'greeting.txt': 'grüß dich',
  'bytes.bin': new Uint8Array([0, 255, 7]),
  'add.wasm': ADD,
})
const { bundle } = await bundleProject({ entry: `${project.path}/index.ts` })

inEveryMode('text, data and WebAssembly parts are there', async ({ runtime, fetch }) => {
  await runtime.load({ worker: 'parts', bundle })
  for (const _ of [1, 2]) {
    const { text, error } = await fetch('parts')
    assert.equal(error, undefined)
    assert.deepEqual(JSON.parse(text), { greeting: 'grüß dich', bytes: [0, 255, 7], sum: 5, same: true })
  }
})
