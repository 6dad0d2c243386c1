import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readText, startRuntime } from '../support/runtime.ts'

const LOOP = 'for (;;);'

/** Bodies of a fetch handler. */
const IN_A_TASK = {
  'in a loop': LOOP,
  'after an await': `await null; ${LOOP}`,
  'after an operation': `await new Promise((resolve) => setTimeout(resolve, 1)); ${LOOP}`,
  'in a timer': `await new Promise(() => setTimeout(() => { ${LOOP} }, 1))`,
  'in small pieces': `for (;;) { await new Promise((resolve) => setTimeout(resolve)); const end = Date.now() + 10; while (Date.now() < end); }`,
  'in a chain of promises': `const next = () => Promise.resolve().then(next); await next()`,
  'in microtasks': `const next = () => queueMicrotask(next); next(); await new Promise(() => {})`,
  'in a getter of what it throws': `throw { get message() { ${LOOP} } }`,
  'in a proxy it throws': `throw new Proxy({}, { get() { ${LOOP} } })`,
  'in a getter of what it rejects with, later': `await null; throw { get stack() { ${LOOP} } }`,
  'in toJSON of what it answers': `return Response.json({ toJSON() { ${LOOP} } })`,
  'in a thenable': `return { then() { ${LOOP} } }`,
  'in a regular expression': `/^(a+)+$/.test('a'.repeat(50) + '!')`,
  'reading a body': `await new Response(new ReadableStream({ pull() { ${LOOP} } })).text()`,
  'in what it logs': `console.log({ get a() { return 1 }, toString() { ${LOOP} }, [Symbol.toPrimitive]() { ${LOOP} } }); ${LOOP}`,
  'in an abort listener': `const c = new AbortController(); c.signal.onabort = () => { ${LOOP} }; c.abort()`,
}

for (const [where, body] of Object.entries(IN_A_TASK)) {
  test(`of a task: ${where}`, async () => {
    // One of them goes by the clock.
    await using t = startRuntime({ clock: 'real' })
    await t.load(
      'w',
      `export default { async fetch(request) {
        if (request.url.endsWith('/ok')) return new Response('fine')
        if (request.url.endsWith('/slow')) { await new Promise((resolve) => setTimeout(resolve, 30)); return new Response('slow but fine') }
        ${body}
      } }`,
      { limits: { cpuMs: 40 } },
    )
    await t.load('neighbour', 'export default { fetch: () => new Response("fine") }')
    const waiting = t.fetch('w', '/slow')
    const { outcome, error, response, usage } = await t.fetch('w', '/loop')
    assert.deepEqual([outcome, error?.code, response], ['exceededCpu', 'CPU_LIMIT', undefined])
    assert.match(
      error?.message ?? '',
      /^CPU limit: the task used \d+ ms of the 40 ms it may use(?:, on a machine so busy that its time ran out first)?\. .* raise the limit "cpuMs"\.$/,
    )
    assert.ok(usage.cpuUs > 0)
    const [neighbour, again, slow] = await Promise.all([t.fetch('neighbour'), t.fetch('w', '/ok'), waiting])
    assert.deepEqual([neighbour.text, again.text, slow.text], ['fine', 'fine', 'slow but fine'])
    assert.equal(t.runtime.stats().entries.filter(({ state }) => state === 'open').length, 2)
  })
}

test('of a task whose response has begun: the body breaks off', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `export default { fetch: () => { let n = 0; return new Response(new ReadableStream({ async pull(controller) {
      if (n++ === 0) return controller.enqueue('begun')
      await new Promise((resolve) => setTimeout(resolve, 1))
      ${LOOP}
    } })) } }`,
    { limits: { cpuMs: 40 } },
  )
  const result = await t.runtime.dispatch('w', {
    type: 'fetch',
    request: { method: 'GET', url: 'http://w.localhost/', headers: [] },
  })
  assert.deepEqual([result.outcome, result.response?.status], ['ok', 200])
  await assert.rejects(readText(result.body), /ended before its response was complete/)
  assert.deepEqual([t.records[0]?.outcome, t.records[0]?.error?.code], ['exceededCpu', 'CPU_LIMIT'])
})

test('of a task that was answered: its waitUntil() ends', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `export default { fetch(request, env, ctx) {
      ctx.waitUntil(new Promise((resolve) => setTimeout(resolve, 1)).then(() => { ${LOOP} }))
      return new Response('answered')
    } }`,
    { limits: { cpuMs: 40 } },
  )
  const ended = new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      if (t.records.length === 0) return
      clearInterval(timer)
      resolve()
    }, 1)
  })
  assert.equal((await t.fetch('w')).text, 'answered')
  await ended
  assert.equal(t.records[0]?.outcome, 'exceededCpu')
})

for (const [where, code] of Object.entries({
  'at top level': LOOP,
  'after an await at top level': `await null; ${LOOP}`,
  'after an operation at top level': `await new Promise((resolve) => setTimeout(resolve, 1)); ${LOOP}`,
  'in a getter of what top level throws': `throw { get message() { ${LOOP} } }`,
  'in a getter of what it exports': `export default { get fetch() { ${LOOP} } }`,
})) {
  test(`of a load: ${where}`, async () => {
    await using t = startRuntime({ limits: { startupCpuMs: 40 } })
    await t.load('neighbour', 'export default { fetch: () => new Response("fine") }')
    await assert.rejects(
      t.load('w', `${code}\n${code.includes('export') ? '' : 'export default {}'}`),
      (error: Error & { code: string }) => {
        assert.equal(error.code, 'CPU_LIMIT')
        assert.match(
          error.message,
          /^CPU limit: the worker's top level used \d+ ms of the 40 ms it may use(?:, on a machine so busy that its time ran out first)?\. .* raise the limit "startupCpuMs"\.$/,
        )
        return true
      },
    )
    assert.equal((await t.fetch('w')).outcome, 'notFound')
    assert.equal((await t.fetch('neighbour')).text, 'fine')
    assert.equal(t.runtime.stats().cached, 1)
  })
}
