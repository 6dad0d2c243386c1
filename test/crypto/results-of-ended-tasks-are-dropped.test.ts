import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

const GENERATE = `crypto.subtle.generateKey({ name: 'RSA-PSS', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' }, false, ['sign', 'verify'])`

test('what a task leaves under way is given up, and nothing of it is kept', async () => {
  await using t = startRuntime({ limits: { cpuMs: 2000 } })
  await t.load(
    'w',
    `const seen = []
    export default { fetch(request) {
      if (request.url.endsWith('/seen')) return Response.json(seen)
      for (let i = 0; i < 20; i++) ${GENERATE}.then(() => seen.push('made'), (error) => seen.push(error.name))
      return new Response('gone')
    } }`,
    { limits: { cpuMs: 2000 } },
  )
  assert.equal((await t.fetch('w')).text, 'gone')
  assert.equal(t.runtime.stats().entries[0]?.openOps, 0)
  assert.deepEqual(JSON.parse((await t.fetch('w', '/seen')).text), Array(20).fill('Error'))
  // Those that had begun go on to their end; the next one comes after them.
  await t.load('other', `export default { execute: () => ${GENERATE}.then(() => 'made') }`)
  assert.equal((await t.runtime.dispatch('other', { type: 'execute' })).output, '"made"')
  assert.deepEqual(JSON.parse((await t.fetch('w', '/seen')).text), Array(20).fill('Error'))
})

test('with waitUntil a task goes on until its keys are made', async () => {
  await using t = startRuntime({ limits: { cpuMs: 2000 } })
  await t.load(
    'w',
    `let pair
    export default { fetch(request, env, ctx) {
      if (request.url.endsWith('/type')) return new Response(pair.privateKey.type)
      ctx.waitUntil(${GENERATE}.then((made) => { pair = made }))
      return new Response('soon')
    } }`,
  )
  await t.fetch('w')
  while (t.records.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  assert.equal((await t.fetch('w', '/type')).text, 'private')
})

test('an instance that is replaced while calls are under way leaves nothing behind', async () => {
  await using t = startRuntime({ limits: { cpuMs: 2000 } })
  const code = `export default { execute: () => ${GENERATE}.then(() => 'made') }`
  await t.load('w', code)
  const running = t.runtime.dispatch('w', { type: 'execute' })
  await t.load('w', code)
  assert.equal((await running).output, '"made"')
  assert.equal((await t.runtime.dispatch('w', { type: 'execute' })).output, '"made"')
})
