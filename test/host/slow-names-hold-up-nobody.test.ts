import assert from 'node:assert/strict'
import { stat } from 'node:fs/promises'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { startNameServer } from '../support/name-server.ts'
import { get, limits, localFetcher, NEVER, startOrigin } from '../support/origin.ts'
import { startRuntime } from '../support/runtime.ts'
import { until } from '../support/until.ts'

const SLOW = `export default {
  async fetch(request, env) {
    await Promise.allSettled(Array.from({ length: 40 }, (_, i) => fetch('http://silent-' + i + '.test/')))
    return new Response('gave up')
  },
}`

test('a tenant whose names are never resolved keeps nobody else from resolving theirs', async () => {
  await using names = await startNameServer((name) => (name.startsWith('silent') ? 'silence' : ['127.0.0.1']))
  await using origin = await startOrigin((_request, response) => response.end('reached'))
  await using t = startRuntime({ network: { allow: ['127.0.0.1'], nameServers: [names.address] } })
  await t.load('w', SLOW, { tenant: 'slow' })
  await t.load('w', 'export default (url) => fetch(url).then((response) => response.text())', { tenant: 'quick' })
  const canceled = new AbortController()
  const url = 'http://w.localhost/'
  let isAnswered = false
  const slow = t.runtime
    .dispatch(
      { tenant: 'slow', worker: 'w' },
      { type: 'fetch', request: { method: 'GET', url, headers: [] } },
      { signal: canceled.signal },
    )
    .finally(() => (isAnswered = true))
  // All its turns are taken.
  await until(() => new Set(names.asked).size === 32)

  const input = `http://good.test:${origin.port}/`
  const quick = await t.runtime.dispatch({ tenant: 'quick', worker: 'w' }, { type: 'execute', input })
  assert.equal(quick.output, '"reached"')
  await stat('/')
  await promisify(gzip)('text')
  assert.equal(isAnswered, false)
  canceled.abort()
  assert.equal((await slow).outcome, 'canceled')
})

test('the wall time of a task ends its wait for a name', async () => {
  await using names = await startNameServer(() => 'silence')
  await using t = startRuntime({ network: { nameServers: [names.address] } })
  await t.load('w', SLOW, { limits: { wallMs: 100 } })
  const { outcome, error } = await t.fetch('w')
  assert.deepEqual([outcome, error?.code], ['exceededWallTime', 'WALL_TIME_LIMIT'])
  assert.equal(t.runtime.stats().entries[0]?.openOps, 0)
})

test('resolving is part of connecting, and bounded with it', async () => {
  await using names = await startNameServer(() => 'silence')
  await using fetcher = localFetcher({ nameServers: [names.address], connectTimeoutMs: 50 })
  await assert.rejects(fetcher.start(get('http://silent.test/'), limits(), NEVER), {
    message: /^fetch to silent\.test failed: (?:the name cannot be resolved right now|connecting took too long)\.$/,
  })
})
