// Without a server there is no file: namespaces lie in memory, beside the host process that has the workers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import { createRuntime } from '../../src/library/create-runtime.ts'
import { KV_BINDINGS } from '../support/kv-worker.ts'

const SOURCE = `export default async (input, { KV }) => {
  if (input !== null) await KV.put('key', input)
  return KV.get('key')
}`

for (const executor of ['process', 'inline'] as const) {
  test(`executor ${executor}: what one worker keeps another one reads, after a new version too`, async () => {
    await using runtime = createRuntime({ executor })
    const bundle = bundleSource(SOURCE)
    for (const worker of ['one', 'two']) await runtime.load({ worker, bundle, bindings: KV_BINDINGS })
    const large = 'x'.repeat(300_000)
    for (const input of ['small', large]) {
      const put = await runtime.dispatch('one', { type: 'execute', input })
      assert.equal(put.error, undefined)
      assert.equal(put.output, JSON.stringify(input))
      await runtime.load({ worker: 'two', bundle, bindings: KV_BINDINGS })
      assert.equal((await runtime.dispatch('two', { type: 'execute', input: null })).output, JSON.stringify(input))
    }
  })
}
