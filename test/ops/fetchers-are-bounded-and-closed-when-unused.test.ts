import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fetchers } from '../../src/ops/fetchers.ts'
import { createNetworkGuard, type NetworkGuard } from '../../src/ops/network-guard.ts'
import { get, limits, NEVER, readText, startOrigin } from '../support/origin.ts'
import { until } from '../support/until.ts'

function tenant(owner: string): NetworkGuard {
  return createNetworkGuard({ owner, operator: { allow: ['127.0.0.1'] } })
}

test('guards that mean the same have one fetcher', async () => {
  await using fetchers = new Fetchers()
  assert.equal(fetchers.for(tenant('a')), fetchers.for(tenant('a')))
  assert.notEqual(fetchers.for(tenant('a')), fetchers.for(tenant('b')))
  assert.equal(fetchers.size, 2)
})

test('one that was not asked for a while is closed, its connections with it; the next request finds a new one', async () => {
  await using origin = await startOrigin((_request, response) => response.end('ok'))
  await using fetchers = new Fetchers({ maxIdleMs: 20, keepAliveMs: 60_000 })
  const first = fetchers.for(tenant('a'))
  await readText((await first.start(get(origin.url), limits(), NEVER)).body)
  assert.equal(origin.sockets.size, 1)
  await origin.allClosed()
  await until(() => fetchers.size === 0)
  const second = fetchers.for(tenant('a'))
  assert.notEqual(second, first)
  assert.equal(await readText((await second.start(get(origin.url), limits(), NEVER)).body), 'ok')
})

test('of too many the least recently used is closed', async () => {
  await using origin = await startOrigin((_request, response) => response.end('ok'))
  await using fetchers = new Fetchers({ maxFetchers: 2, keepAliveMs: 60_000 })
  const [a, b] = [fetchers.for(tenant('a')), fetchers.for(tenant('b'))]
  for (const fetcher of [a, b]) await readText((await fetcher.start(get(origin.url), limits(), NEVER)).body)
  assert.equal(fetchers.for(tenant('a')), a)
  fetchers.for(tenant('c'))
  await until(() => fetchers.size === 2 && origin.sockets.size === 1)
  assert.equal(fetchers.for(tenant('a')), a)
  assert.notEqual(fetchers.for(tenant('b')), b)
})

test('one that waits for a response, or receives one, is kept however many there are', async () => {
  const more = Promise.withResolvers<void>()
  await using origin = await startOrigin((request, response) => {
    if (request.url === '/go') void more.promise.then(() => response.writeHead(302, { location: '/body' }).end())
    else response.write('so far, ', () => void more.promise.then(() => response.end('and on')))
  })
  await using fetchers = new Fetchers({ maxFetchers: 1, maxIdleMs: 20 })
  const reading = await fetchers.for(tenant('reads')).start(get(`${origin.url}/body`), limits(), NEVER)
  const redirected = fetchers.for(tenant('waits')).start(get(`${origin.url}/go`), limits(), NEVER)
  fetchers.for(tenant('third'))
  assert.equal(fetchers.size, 3)
  await until(() => fetchers.size === 2)
  more.resolve()
  assert.equal(await readText(reading.body), 'so far, and on')
  assert.equal(await readText((await redirected).body), 'so far, and on')
  await until(() => fetchers.size === 0)
})

test('closing ends all, and new requests are refused', async () => {
  await using origin = await startOrigin((_request, response) => response.write('and then'))
  const fetchers = new Fetchers()
  const bodies = []
  for (const owner of ['a', 'b']) {
    bodies.push((await fetchers.for(tenant(owner)).start(get(origin.url), limits(), NEVER)).body)
  }
  const ends = bodies.map((body) => assert.rejects(readText(body), { message: /the runtime is closing/ }))
  await fetchers.close()
  await Promise.all(ends)
  await origin.allClosed()
  const late = fetchers.for(tenant('a')).start(get(origin.url), limits(), NEVER)
  await assert.rejects(late, { message: /the runtime is closing/ })
})
