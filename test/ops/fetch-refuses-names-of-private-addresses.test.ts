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

test('an answer in any form is judged by what it means', async () => {
  const forms: readonly [address: string, reason: string][] = [
    ['::ffff:127.0.0.1', 'a loopback address'],
    ['::ffff:7f00:1', 'a loopback address'],
    ['::127.0.0.1', 'a reserved address'],
    ['::8.8.8.8', 'a reserved address'],
    ['64:ff9b::10.0.0.1', 'a private address'],
    ['2606:4700::5efe:10.0.0.1', 'a private address'],
    ['::ffff:169.254.169.254', 'a cloud metadata address'],
    ['fe80::1%lo', 'not an address that can be judged'],
    ['127.1', 'not an address that can be judged'],
    ['0x7f000001', 'not an address that can be judged'],
    ['0177.0.0.1', 'not an address that can be judged'],
    ['localhost', 'not an address that can be judged'],
    ['', 'not an address that can be judged'],
  ]
  for (const [address, reason] of forms) {
    for (const family of [4, 6]) {
      await using fetcher = createFetcher({ guard: createNetworkGuard(), lookup: answering({ address, family }) })
      await assert.rejects(fetcher.start(get('http://name.example/'), limits(), NEVER), {
        code: 'ADDRESS_REFUSED',
        message: `Workers may not connect to name.example: it resolves to ${reason}.`,
      })
    }
  }
})

test('where no allowed address answers, none of the others is tried', async () => {
  await using origin = await startOrigin((_request, response) => response.end('reached'), '127.0.0.2')
  const lookup = answering(
    { address: '127.0.0.2', family: 4 },
    { address: '127.0.0.1', family: 4 },
    { address: '::ffff:127.0.0.2', family: 6 },
    { address: '::1', family: 6 },
  )
  await using fetcher = localFetcher({ lookup })
  const url = `http://mixed.example:${origin.port}/`
  await assert.rejects(fetcher.start(get(url), limits(), NEVER), {
    message: `fetch to mixed.example:${origin.port} failed: the connection was refused.`,
  })
  assert.equal(origin.connections(), 0)
})

test('of several allowed addresses the next is tried', async () => {
  await using origin = await startOrigin((_request, response) => response.end('reached'), '127.0.0.3')
  const lookup = answering(
    { address: '127.0.0.1', family: 4 },
    { address: '127.0.0.2', family: 4 },
    { address: '::ffff:127.0.0.3', family: 6 },
  )
  const guard = createNetworkGuard({ operator: { allow: ['127.0.0.1', '127.0.0.3'] } })
  await using fetcher = createFetcher({ guard, lookup })
  const response = await fetcher.start(get(`http://mixed.example:${origin.port}/`), limits(), NEVER)
  assert.equal(await readText(response.body), 'reached')
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
