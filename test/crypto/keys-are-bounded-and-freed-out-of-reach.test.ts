import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

const LIMITS = { limits: { cpuMs: 5000 } }
const MAKE = `const make = (bytes = 16) => crypto.subtle.importKey('raw', new Uint8Array(bytes), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
const outcome = (promise) => promise.then(() => 'made', (error) => error.constructor.name + ': ' + error.message)
const kept = []`

test('a worker that keeps all its keys gets no more than 1000', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `${MAKE}
    export default { async fetch(request) {
      if (request.url.endsWith('/let-go')) kept.length = 0
      else while (kept.length < 1000) kept.push(await make())
      return new Response(await outcome(make()))
    } }`,
    LIMITS,
  )
  const refused =
    'QuotaExceededError: Key limit: a worker may hold 1000 CryptoKeys of 8 MiB together, and has as many. Import keys once and keep them, or let go of those you no longer need.'
  assert.equal((await t.fetch('w')).text, refused)
  assert.equal((await t.fetch('w')).text, refused)
  assert.equal((await t.fetch('w', '/let-go')).text, 'made')
})

test('nor more memory for them than 8 MiB', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `${MAKE}
    export default { async execute() {
      for (let made = 0; made < 100; made++) {
        const key = await make(256 * 1024).catch((error) => error.name)
        if (typeof key === 'string') return [made, key]
        kept.push(key)
      }
    } }`,
    LIMITS,
  )
  const { output } = await t.runtime.dispatch('w', { type: 'execute' })
  // A key of 256 KiB is counted twice: as its material and as what it was made of.
  assert.equal(output, '[15,"QuotaExceededError"]')
})

test('a worker that lets go of its keys may make any number, in one task', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `${MAKE}
    export default { async execute() {
      for (let i = 0; i < 3500; i++) await make()
      return outcome(make())
    } }`,
    LIMITS,
  )
  assert.equal((await t.runtime.dispatch('w', { type: 'execute' })).output, '"made"')
})

test('and in many', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `${MAKE}
    const first = await make()
    export default { async execute() {
      await Promise.all(Array.from({ length: 300 }, () => make()))
      return (await crypto.subtle.sign('HMAC', first, new Uint8Array(1))).byteLength
    } }`,
    LIMITS,
  )
  // The key made at load is in use all the time, and is not freed with the others.
  for (let task = 0; task < 10; task++) {
    assert.equal((await t.runtime.dispatch('w', { type: 'execute' })).output, '32')
  }
})

test('a clone keeps its key when the original has gone', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `${MAKE}
    let clone
    export default { async execute() {
      clone ??= structuredClone(await make())
      for (let i = 0; i < 1200; i++) await make()
      return (await crypto.subtle.sign('HMAC', clone, new Uint8Array(1))).byteLength
    } }`,
    LIMITS,
  )
  assert.equal((await t.runtime.dispatch('w', { type: 'execute' })).output, '32')
  assert.equal((await t.runtime.dispatch('w', { type: 'execute' })).output, '32')
})

test('what keys take is counted with the heap', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `${MAKE}
    export default { async fetch() {
      for (let i = 0; i < 14; i++) kept.push(await make(256 * 1024))
      return new Response('kept')
    } }`,
    LIMITS,
  )
  const before = t.runtime.stats().entries[0]?.heapBytes ?? 0
  assert.equal((await t.fetch('w')).text, 'kept')
  t.runtime.collectGarbage()
  const after = t.runtime.stats().entries[0]?.heapBytes ?? 0
  assert.ok(after - before > 6 * 1024 * 1024, `${before} → ${after} bytes`)
})
