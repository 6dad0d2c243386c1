import assert from 'node:assert/strict'
import type { LookupFunction } from 'node:net'
import { test } from 'node:test'
import { createNetworkGuard } from '../../src/ops/network-guard.ts'
import { createFetcher } from '../../src/ops/fetch.ts'
import { get, limits, localFetcher, NEVER, readText, startOrigin } from '../support/origin.ts'

function answering(...addresses: { address: string; family: number }[]): LookupFunction {
  return (_hostname, _options, callback) => process.nextTick(callback, null, addresses)
}

test('localhost is refused', async () => {
  await using origin = await startOrigin((_request, response) => response.end('reached'))
  await using fetcher = createFetcher({ guard: createNetworkGuard() })
  await assert.rejects(fetcher.start(get(`http://localhost:${origin.port}/`), limits(), NEVER), {
    code: 'ADDRESS_REFUSED',
  })
  assert.equal(origin.connections(), 0)
})

test('the refusal tells what kind of address it is, and not which', async () => {
  const lookup = answering({ address: '10.1.2.3', family: 4 })
  await using fetcher = createFetcher({ guard: createNetworkGuard(), lookup })
  await assert.rejects(fetcher.start(get('http://intranet.example/'), limits(), NEVER), {
    code: 'ADDRESS_REFUSED',
    message: 'Workers may not connect to intranet.example: it resolves to a private address.',
  })
})

test('of several answers only the allowed ones are connected to', async () => {
  await using origin = await startOrigin((request, response) => response.end(request.socket.localAddress), '0.0.0.0')
  const lookup = answering(
    { address: '127.0.0.2', family: 4 },
    { address: '::1', family: 6 },
    { address: '127.0.0.1', family: 4 },
  )
  await using fetcher = localFetcher({ lookup })
  const response = await fetcher.start(get(`http://mixed.example:${origin.port}/`), limits(), NEVER)
  assert.equal(await readText(response.body), '127.0.0.1')
  assert.equal(origin.connections(), 1)
})

test('a name with no address is an error a worker may read', async () => {
  await using fetcher = createFetcher({
    guard: createNetworkGuard(),
    lookup: (hostname, _options, callback) =>
      process.nextTick(
        callback,
        Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' }),
        [],
      ),
  })
  await assert.rejects(fetcher.start(get('http://nowhere.example/'), limits(), NEVER), {
    name: 'TypeError',
    message: 'fetch to nowhere.example failed: the name cannot be resolved.',
  })
})
