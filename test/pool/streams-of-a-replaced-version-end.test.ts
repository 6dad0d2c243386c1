import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'
import { until } from '../support/until.ts'

const ENDLESS = `export default {
  fetch() {
    let sent = 0
    return new Response(new ReadableStream({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 5))
        controller.enqueue(new TextEncoder().encode('chunk ' + sent++))
      },
    }))
  },
}`

const request = { method: 'GET', url: 'http://endless.localhost/', headers: [] } as const

for (const mode of ['persistent', 'pool', 'worker'] as const) {
  test(`${mode}: an endless response ends at the drain limit once its version is replaced`, async () => {
    await using t = startRuntime({ mode, drainMs: 50 })
    await t.load('endless', ENDLESS)
    const { body } = await t.runtime.dispatch('endless', { type: 'fetch', request })
    assert.ok(typeof body === 'object' && !(body instanceof Uint8Array))
    await body.read()
    await t.load('endless', `export default { fetch: () => new Response('new') }`)
    await assert.rejects(async () => {
      for (let chunk = await body.read(); chunk !== undefined;) chunk = await body.read()
    })
    assert.equal((await t.fetch('endless')).text, 'new')
    await until(() => t.records.length === 2)
    const { outcome, error } = t.records[0] ?? {}
    assert.deepEqual([outcome, error?.code], ['recycled', 'RECYCLED'])
    await until(() => t.runtime.counts().running === 0)
  })
}

test('a response that ends before the drain limit is whole', async () => {
  await using t = startRuntime({ drainMs: 10_000 })
  await t.load('slow', ENDLESS.replace('sent++))', 'sent++)); if (sent === 20) controller.close()'))
  const { body } = await t.runtime.dispatch('slow', { type: 'fetch', request })
  assert.ok(typeof body === 'object' && !(body instanceof Uint8Array))
  await t.load('slow', `export default { fetch: () => new Response('new') }`)
  let text = ''
  for (let chunk = await body.read(); chunk !== undefined; chunk = await body.read())
    text += Buffer.from(chunk).toString()
  assert.ok(text.endsWith('chunk 19'))
})
