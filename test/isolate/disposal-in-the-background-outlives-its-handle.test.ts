import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { EngineIsolate } from '../../src/isolate/engine-isolate.ts'

test('the host may collect the handle of an isolate that is disposed of in the background', async () => {
  const { gc } = globalThis
  assert.ok(gc !== undefined)
  for (let i = 0; i < 40; i++) {
    new EngineIsolate({ executor: 'inline', heapMb: 32 }).dispose('background')
    gc()
    await nextTurn()
    gc()
  }
})
