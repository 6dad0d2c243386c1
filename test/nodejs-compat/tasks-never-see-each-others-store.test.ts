import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { bundleProject } from '../../src/bundle/bundle-project.ts'
import { startRuntime } from '../support/runtime.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const WORKER = `
import { AsyncLocalStorage } from 'async_hooks'

const storage = new AsyncLocalStorage()
let release
const shared = new Promise((resolve) => (release = resolve))
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

async function check(id, seen) {
  for (let round = 0; round < 3; round++) {
    await sleep((id * 7 + round) % 5)
    // All who wait for it, in tasks of their own, go on at once.
    if (id === 150) release()
    seen.add(storage.getStore())
    await Promise.all([shared, sleep(1), null].map(async (each) => {
      await each
      seen.add(storage.getStore())
    }))
    await shared.then(() => seen.add(storage.getStore()))
    const response = await fetch(origin + id)
    seen.add(storage.getStore())
    for await (const chunk of response.body) seen.add(storage.getStore())
  }
  queueMicrotask(() => seen.add(storage.getStore()))
  await new Promise((resolve) => setTimeout(() => resolve(seen.add(storage.getStore())), 1))
}

let answered = 0
async function others() {
  while (answered < 300) await sleep(5)
}

let origin = ''

export default {
  async fetch(request, env, ctx) {
    const { pathname, searchParams } = new URL(request.url)
    origin = searchParams.get('origin')
    const before = storage.getStore()
    const id = Number(pathname.slice(1))
    const seen = new Set()
    // What others go on with when it resolves what they wait for counts as its own: it has to outlast them.
    if (id === 150) ctx.waitUntil(others())
    // Half of them never leave what they entered.
    if (id % 2 === 0) await storage.run(id, () => check(id, seen))
    else {
      storage.enterWith(id)
      await check(id, seen)
    }
    // Read by the platform, after this function has ended.
    const source = {
      async pull(controller) {
        await sleep(1)
        seen.add(storage.getStore())
        controller.enqueue(new TextEncoder().encode(JSON.stringify([before ?? null, ...seen])))
        controller.close()
        answered++
      },
    }
    return new Response(storage.run(id, () => new ReadableStream(source)))
  },
}
`

test('hundreds of requests at once in one isolate keep their stores apart', async () => {
  const server = createServer((request, response) => response.end(request.url)).listen(0, '127.0.0.1')
  using dir = tmpDir({
    'package.json': '{ "isopod": { "compatibility_flags": ["nodejs_compat"] } }',
    'index.js': WORKER,
  })
  const { bundle } = await bundleProject({ entry: `${dir.path}/index.js` })
  await using started = startRuntime({
    mode: 'persistent',
    network: { allow: ['127.0.0.1'] },
    limits: { cpuMs: 2000, subrequests: 1000 },
    taskQueueSize: 1000,
  })
  await started.runtime.load({ worker: 'apart', bundle })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const ids = Array.from({ length: 300 }, (_, id) => id)
  const answers = await Promise.all(ids.map((id) => started.fetch('apart', `/${id}?origin=${origin}`)))
  server.close()
  for (const [id, { outcome, text, error }] of answers.entries()) {
    assert.equal(outcome, 'ok', error?.message)
    assert.deepEqual(JSON.parse(text), [null, id], `request ${id}`)
  }
})
