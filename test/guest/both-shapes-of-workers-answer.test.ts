import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

const CALLS = ['fetch', 'scheduled', 'execute'] as const

test('a module: handlers with event, env and ctx, called as methods of the export', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `export default {
      name: 'me',
      fetch(request, env, ctx) { return Response.json([this.name, request instanceof Request, env, typeof ctx.waitUntil, typeof ctx.passThroughOnException]) },
      scheduled(controller, env, ctx) { console.log(this.name, controller.cron, controller.scheduledTime, env.key, typeof ctx.waitUntil) },
      execute(input, env, ctx) { return [this.name, input, env, typeof ctx.waitUntil] },
    }`,
    { env: { key: 'value' } },
  )
  assert.deepEqual(JSON.parse((await t.fetch('w')).text), ['me', true, { key: 'value' }, 'function', 'function'])
  const scheduled = await t.runtime.dispatch('w', { type: 'scheduled', cron: '* * * * *', scheduledTimeMs: 5 })
  assert.deepEqual([scheduled.outcome, scheduled.logs[0]?.message], ['ok', 'me * * * * * 5 value function'])
  const executed = await t.runtime.dispatch('w', { type: 'execute', input: [1] })
  assert.equal(executed.output, '["me",[1],{"key":"value"},"function"]')
  assert.deepEqual(
    t.records.map(({ type }) => type),
    ['fetch', 'scheduled', 'execute'],
  )
  assert.equal(CALLS.length, 3)
})

test('a function: it answers execute tasks', async () => {
  await using t = startRuntime()
  await t.load('w', 'export default async (input, env) => ({ doubled: input * 2, env })')
  const { output } = await t.runtime.dispatch('w', { type: 'execute', input: 21 })
  assert.equal(output, '{"doubled":42,"env":{}}')
})

test('a class instance, an object with a prototype, a Hono-like app', async () => {
  await using t = startRuntime()
  for (const code of [
    'class App { #name = "mine"; fetch() { return new Response(this.#name) } } export default new App()',
    'export default Object.create({ fetch: () => new Response("mine") })',
    'const app = () => {}; app.fetch = () => new Response("mine"); export default app',
    'class App { name = "mine"; fetch = () => new Response(this.name) } export default new App()',
  ]) {
    await t.load('w', code)
    assert.equal((await t.fetch('w')).text, 'mine', code)
  }
})

test('event listeners', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `addEventListener('fetch', (event) => {
      if (event.request.url.endsWith('/none')) return
      if (event.request.url.endsWith('/throw')) throw new RangeError('thrown')
      event.waitUntil(Promise.resolve().then(() => console.log('after')))
      event.respondWith(event.request.url.endsWith('/later') ? (async () => { await null; return new Response('later') })() : new Response('now'))
      if (event.request.url.endsWith('/twice')) event.respondWith(new Response('again'))
    })
    addEventListener('scheduled', (event) => event.waitUntil((async () => { await null; console.log(event.cron, event.scheduledTime) })()))`,
  )
  assert.equal((await t.fetch('w', '/now')).text, 'now')
  assert.equal((await t.fetch('w', '/later')).text, 'later')
  const none = await t.fetch('w', '/none')
  assert.deepEqual(
    [none.outcome, none.error?.message],
    ['exception', 'No listener of "fetch" called event.respondWith().'],
  )
  // A listener that throws is like any other listener that throws; the first answer counts.
  const twice = await t.fetch('w', '/twice')
  assert.equal(twice.text, 'now')
  const thrown = await t.fetch('w', '/throw')
  assert.equal(thrown.outcome, 'exception')
  assert.match(thrown.logs.map(({ message }) => message).join(), /Uncaught RangeError: thrown/)
  await t.runtime.dispatch('w', { type: 'scheduled', cron: '0 * * * *', scheduledTimeMs: 7 })
  assert.deepEqual(
    t.records.at(-1)?.logs.map(({ message }) => message),
    ['0 * * * * 7'],
  )
})
