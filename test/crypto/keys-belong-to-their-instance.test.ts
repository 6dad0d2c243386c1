import assert from 'node:assert/strict'
import { webcrypto } from 'node:crypto'
import { test } from 'node:test'
import { MAX_KEYS } from '../../src/bridge/crypto-call.ts'
import { KeyTable } from '../../src/instance/key-table.ts'
import { startRuntime } from '../support/runtime.ts'

const CODE = `let key
export default { async execute() {
  const isNew = key === undefined
  key ??= await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt'])
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: new Uint8Array(12) }, key, new Uint8Array(4))
  return [isNew, Array.from(new Uint8Array(sealed)).join()]
} }`

test('a key in a global serves later tasks, and ends with its instance', async () => {
  await using t = startRuntime({ mode: 'persistent' })
  const run = async (): Promise<[boolean, string]> =>
    JSON.parse((await t.runtime.dispatch('w', { type: 'execute' })).output ?? '')
  await t.load('w', CODE, { limits: { cpuMs: 2000 } })
  const [firstIsNew, first] = await run()
  const [secondIsNew, second] = await run()
  assert.deepEqual([firstIsNew, secondIsNew], [true, false])
  assert.equal(second, first)
  await t.load('w', CODE, { limits: { cpuMs: 2000 } })
  const [isNew, afterReplacement] = await run()
  assert.equal(isNew, true)
  assert.notEqual(afterReplacement, first)
})

test('where each task has fresh globals it has fresh keys', async () => {
  for (const mode of ['pool', 'worker', 'shared'] as const) {
    await using t = startRuntime({ mode, limits: { cpuMs: 2000 } })
    await t.load('w', CODE, { limits: { cpuMs: 2000 } })
    const outputs = new Set<string>()
    for (let task = 0; task < 3; task++) {
      const { output = '' } = await t.runtime.dispatch('w', { type: 'execute' })
      assert.match(output, /^\[true,/, mode)
      outputs.add(output)
    }
    assert.equal(outputs.size, 3, mode)
  }
})

test('a table keeps all or nothing, within its bounds, under numbers that never come again', async () => {
  const key = await webcrypto.subtle.generateKey({ name: 'AES-GCM', length: 128 }, true, ['encrypt'])
  const table = new KeyTable()
  const [first = 0] = table.add([{ key, bytes: 10 }]) ?? []
  assert.equal(table.get(first), key)
  table.release(first)
  table.release(first)
  assert.deepEqual([table.get(first), table.size, table.bytes], [undefined, 0, 0])
  const handles = table.add(Array.from({ length: MAX_KEYS - 1 }, () => ({ key, bytes: 1 }))) ?? []
  assert.ok(!handles.includes(first))
  assert.equal(
    table.add([
      { key, bytes: 1 },
      { key, bytes: 1 },
    ]),
    undefined,
  )
  assert.equal(table.size, MAX_KEYS - 1)
  table.clear()
  assert.deepEqual([table.size, table.bytes, table.get(handles[0] ?? 0)], [0, 0, undefined])
})
