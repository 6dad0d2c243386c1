import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gate, HOLD } from '../support/gate.ts'
import { startRuntime } from '../support/runtime.ts'

for (const [what, body] of Object.entries({
  'that never answers': 'return new Promise(() => {})',
  'that waits for a timer': 'return new Promise((resolve) => setTimeout(() => resolve(new Response()), 60_000))',
  'that is busy with timers': 'return new Promise(() => setInterval(() => {}, 1))',
  'that answers by a thenable that never settles': 'return { then() {} }',
})) {
  test(`of a task ${what}`, async () => {
    await using t = startRuntime()
    await t.load(
      'w',
      `export default { fetch(request) { if (request.url.endsWith('/ok')) return new Response('fine'); ${body} } }`,
      { limits: { wallMs: 30 } },
    )
    const { outcome, error } = await t.fetch('w')
    assert.deepEqual([outcome, error?.code], ['exceededWallTime', 'WALL_TIME_LIMIT'])
    assert.match(
      error?.message ?? '',
      /^Wall time limit: the task took \d+ ms of the 30 ms it may take\. .* raise the limit "wallMs"\.$/,
    )
    assert.equal((await t.fetch('w', '/ok')).text, 'fine')
    const [entry] = t.runtime.stats().entries
    assert.deepEqual([entry?.running, entry?.openOps, entry?.state], [0, 0, 'open'])
  })
}

test('of a task that waits in the queue', async () => {
  await using t = startRuntime({ mode: 'shared' })
  await t.load('patient', HOLD)
  await t.load('w', HOLD, { limits: { wallMs: 30 } })
  const held = gate()
  const first = t.fetch('patient', '/', { method: 'POST', body: held.body })
  await held.entered
  const { outcome, error, usage } = await t.fetch('w')
  assert.deepEqual([outcome, error?.code, usage.cpuUs], ['exceededWallTime', 'WALL_TIME_LIMIT', 0])
  assert.match(error?.message ?? '', /took \d+ ms, \d+ ms of it waiting for an instance, of the 30 ms/)
  held.open('long enough')
  assert.equal((await first).text, 'held long enough')
  assert.equal((await t.fetch('w')).text, 'held ')
})

test('of a load', async () => {
  await using t = startRuntime({ limits: { startupWallMs: 30 } })
  await assert.rejects(
    t.load('w', 'await new Promise(() => {}); export default {}'),
    (error: Error & { code: string }) => {
      assert.equal(error.code, 'WALL_TIME_LIMIT')
      assert.match(
        error.message,
        /^Wall time limit: the worker's top level took \d+ ms of the 30 ms .* raise the limit "startupWallMs"\.$/,
      )
      return true
    },
  )
  assert.equal(t.runtime.stats().cached, 0)
})

test('of waitUntil() promises: they are given up, the answer stands', async () => {
  const ended = Promise.withResolvers<void>()
  await using t = startRuntime({ observer: { taskEnded: () => ended.resolve() } })
  await t.load(
    'w',
    'export default { fetch(request, env, ctx) { ctx.waitUntil(new Promise(() => setInterval(() => {}, 1))); return new Response("answered") } }',
    { limits: { waitUntilMs: 30 } },
  )
  assert.equal((await t.fetch('w')).text, 'answered')
  await ended.promise
  const [record] = t.records
  assert.equal(record?.outcome, 'ok')
  assert.deepEqual(
    record?.logs.map(({ level }) => level),
    ['warn'],
  )
  assert.match(record?.logs[0]?.message ?? '', /did not settle within 30 ms .*"waitUntilMs"/)
  assert.equal(t.runtime.stats().entries[0]?.openOps, 0)
})
