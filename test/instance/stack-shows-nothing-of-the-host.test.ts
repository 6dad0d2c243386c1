import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createStackMapper } from '../../src/instance/stack-trace.ts'

const map = createStackMapper({ script: '', parts: {} })

test('frames of the guest runtime and the host are dropped, and all after the boundary', () => {
  const stack = `Error: a
    at in /etc/hosts of the message
    at f (worker.js:3:4)
    at async worker.js:3:5
    at async Promise.all (index 1)
    at new Foo (worker.js:5:6)
    at Object.get [as a (b] (worker.js:5:7)
    at dispatch (isopod:guest:1:200)
    at isopod:guest:1:200
    at Script.runInContext (node:vm:149:12)
    at file:///srv/isopod/src/x.ts:1:1
    at h (file:///srv/isopod/src/x.ts:1:1)
    at h (/srv/isopod/src/x.ts:1:1)
    at async /srv/isopod/src/x.ts:1:1
    at h (C:\\work\\x.ts:1:1)
    at h (worker.js:1:1, /etc)
    at native
    at wasm://wasm/0a1b2c3d:wasm-function[3]:0x4f
    at wasm (wasm://wasm//etc/passwd)
    at last (worker.js:9:9)
    at (<isolated-vm boundary>)
    at after (worker.js:1:1)
    at h (/srv/isopod/src/x.ts:1:1)`
  assert.equal(
    map(stack),
    `Error: a
    at f (worker.js:3:4)
    at async worker.js:3:5
    at async Promise.all (index 1)
    at new Foo (worker.js:5:6)
    at Object.get [as a (b] (worker.js:5:7)
    at wasm://wasm/0a1b2c3d:wasm-function[3]:0x4f
    at last (worker.js:9:9)`,
  )
})

test('eval frames keep their name and position', () => {
  const stack = `Error
    at inner (eval at f (worker.js:1:2), <anonymous>:3:4)
    at eval (eval at g (eval at f (/host/path.js:1:2)), /host/other.js:3:4)`
  assert.equal(map(stack), 'Error\n    at inner (eval:3:4)\n    at eval (eval)')
})
