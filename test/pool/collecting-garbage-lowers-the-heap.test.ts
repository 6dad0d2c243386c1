import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inEveryMode } from '../support/modes.ts'
import { startRuntime } from '../support/runtime.ts'
import { until } from '../support/until.ts'

const LITTER = `
  let kept
  export default { fetch(request) {
    if (request.url.endsWith('/keep')) kept = Array.from({ length: 300_000 }, (_, number) => ({ number }))
    if (request.url.endsWith('/drop')) kept = undefined
    return new Response('done')
  } }`

test('collecting garbage lowers the heap of an idle instance', async () => {
  await using t = startRuntime({ limits: { cpuMs: 900 } })
  await t.load('litters', LITTER)
  const heapBytes = (): number => t.runtime.stats().entries[0]?.heapBytes ?? 0
  await t.fetch('litters', '/keep')
  t.runtime.collectGarbage()
  const full = heapBytes()
  await t.fetch('litters', '/drop')
  t.runtime.collectGarbage()
  assert.ok(heapBytes() < full / 2, `${full} → ${heapBytes()}`)
})

test('collecting a large heap takes long, and costs the instance nothing', async () => {
  const retired: string[] = []
  await using t = startRuntime({
    limits: { cpuMs: 5000, heapMb: 256 },
    observer: { instanceRetired: ({ cause }) => retired.push(cause) },
  })
  await t.load(
    'large',
    `let kept
    export default { fetch(request) {
      kept ??= Array.from({ length: 2_000_000 }, (_, number) => ({ number }))
      return new Response(String(kept.length))
    } }`,
  )
  assert.equal((await t.fetch('large')).text, '2000000')
  t.runtime.collectGarbage()
  assert.deepEqual(retired, [])
  assert.equal((await t.fetch('large')).text, '2000000')
  assert.equal(t.runtime.stats().entries[0]?.tasksServed, 2)
})

inEveryMode('collecting garbage at any time disturbs no task', async ({ load, fetch, runtime }) => {
  await load('works', 'export default { async fetch() { await null; return new Response("worked") } }')
  const tasks: Promise<{ readonly text: string }>[] = []
  for (let i = 0; i < 10; i++) {
    tasks.push(fetch('works'), fetch('works'))
    runtime.collectGarbage()
    await new Promise((resolve) => setImmediate(resolve))
    runtime.collectGarbage()
  }
  for (const { text } of await Promise.all(tasks)) assert.equal(text, 'worked')
})

test('idle instances are collected from time to time', async () => {
  await using t = startRuntime({ healthCheckMs: 10, limits: { cpuMs: 900 } })
  await t.load('litters', LITTER)
  await t.fetch('litters', '/keep')
  await until(() => (t.runtime.stats().entries[0]?.heapBytes ?? 0) > 5_000_000)
  await t.fetch('litters', '/drop')
  await until(() => (t.runtime.stats().entries[0]?.heapBytes ?? 0) < 5_000_000)
})
