import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

const HOGS = {
  objects: 'const all = []; for (;;) all.push({ a: [1, 2, 3] })',
  closures: 'const all = []; for (let i = 0; ; i++) all.push(() => i)',
  strings: 'const all = []; for (let i = 0; ; i++) all.push(`${i}`.repeat(1000).split("").reverse().join(""))',
  'objects over many entries': `const all = []; for (;;) { await new Promise((resolve) => setTimeout(resolve)); for (let i = 0; i < 10_000; i++) all.push({ a: [1, 2, 3] }) }`,
}

for (const [what, hog] of Object.entries(HOGS)) {
  test(`of a task: ${what}`, async () => {
    await using t = startRuntime()
    await t.load(
      'w',
      `export default { async fetch(request) { if (request.url.endsWith('/ok')) return new Response('fine'); ${hog} } }`,
      { limits: { cpuMs: 10_000, heapMb: 16 } },
    )
    await t.load('neighbour', 'export default { fetch: () => new Response("fine") }')
    const { outcome, error } = await t.fetch('w')
    assert.deepEqual([outcome, error?.code], ['exceededMemory', 'MEMORY_LIMIT'])
    assert.match(
      error?.message ?? '',
      /^Memory limit: .* more than the 16 MiB it may use\. .* raise the limit "heapMb"\.$/,
    )
    assert.equal((await t.fetch('neighbour')).text, 'fine')
    assert.equal((await t.fetch('w', '/ok')).text, 'fine')
  })
}

test('of a task: ArrayBuffers, of which too many cannot be had', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `const all = []
    export default { fetch(request) {
      if (request.url.endsWith('/ok')) return new Response('fine')
      for (;;) all.push(new ArrayBuffer(1024 * 1024))
    } }`,
    { limits: { cpuMs: 10_000, heapMb: 16 } },
  )
  const { outcome, error } = await t.fetch('w')
  if (outcome === 'exception') assert.match(error?.message ?? '', /Array buffer allocation failed/)
  else assert.equal(outcome, 'exceededMemory')
  // What holds too much is replaced, at the latest when the next task comes.
  await t.fetch('w', '/ok')
  assert.equal((await t.fetch('w', '/ok')).text, 'fine')
})

test('of a load', async () => {
  await using t = startRuntime({ limits: { heapMb: 16 } })
  await t.load('neighbour', 'export default { fetch: () => new Response("fine") }')
  await assert.rejects(t.load('w', `${HOGS.objects}\nexport default {}`), { code: 'MEMORY_LIMIT' })
  assert.equal((await t.fetch('neighbour')).text, 'fine')
  assert.equal(t.runtime.stats().cached, 1)
})
