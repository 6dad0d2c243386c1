import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gate } from '../support/gate.ts'
import { inEveryMode } from '../support/modes.ts'
import { startRuntime } from '../support/runtime.ts'
import { until } from '../support/until.ts'

const HUNGRY = `export default { async fetch(request) {
  const { pathname } = new URL(request.url)
  const kept = []
  if (pathname === '/objects') for (;;) kept.push(new Array(10_000).fill(kept.length))
  if (pathname === '/buffers') for (;;) kept.push(new Uint8Array(4 * 1024 * 1024).fill(1))
  if (pathname === '/strings') for (let text = 'x'; ; text += text) kept.push(text.split(''))
  if (pathname === '/later') { await new Promise((resolve) => setTimeout(resolve, 1)); for (;;) kept.push(new Array(10_000).fill(kept.length)) }
  return new Response(await request.text() || 'fine')
} }`

inEveryMode(
  'a task that takes all memory ends as exceededMemory; the next is fine',
  async ({ load, fetch }) => {
    await load('hungry', HUNGRY)
    for (const path of ['/objects', '/strings', '/later']) {
      const { outcome, error } = await fetch('hungry', path)
      assert.equal(outcome, 'exceededMemory', `${path}: ${error?.message}`)
      assert.equal(error?.code, 'MEMORY_LIMIT')
      assert.match(error?.message ?? '', /16 MiB .* "heapMb"/)
      assert.equal((await fetch('hungry')).text, 'fine')
    }
  },
  { limits: { heapMb: 16, cpuMs: 5000 } },
)

test('its neighbours on the instance are recycled, and other workers are not affected', async () => {
  await using t = startRuntime({ limits: { heapMb: 16, cpuMs: 5000 } })
  await t.load('hungry', HUNGRY)
  await t.load('other', HUNGRY)
  const [near, far] = [gate(), gate()]
  const neighbour = t.fetch('hungry', '/', { method: 'POST', body: near.body })
  const other = t.fetch('other', '/', { method: 'POST', body: far.body })
  await Promise.all([near.entered, far.entered])
  assert.equal((await t.fetch('hungry', '/objects')).outcome, 'exceededMemory')
  const { outcome, error } = await neighbour
  assert.equal(outcome, 'recycled')
  assert.equal(error?.code, 'RECYCLED')
  far.open('untouched')
  assert.equal((await other).text, 'untouched')
  await until(() => near.isCanceled)
})
