import assert from 'node:assert/strict'
import type { LookupFunction } from 'node:net'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { createNetworkGuard, type NetworkGuard } from '../../src/ops/network-guard.ts'
import { get, limits, localFetcher, NEVER, readText, startOrigin } from '../support/origin.ts'

/** A name server that gives the good answer first and the bad one ever after. */
function rebinding(): { lookup: LookupFunction; asked: () => number } {
  let asked = 0
  return {
    lookup: (_hostname, _options, callback) => {
      asked += 1
      process.nextTick(callback, null, [{ address: asked === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }])
    },
    asked: () => asked,
  }
}

test('a name is resolved once per connection, and a later answer is judged anew', async () => {
  const reached: (string | undefined)[] = []
  await using origin = await startOrigin((request, response) => {
    reached.push(request.socket.localAddress)
    response.setHeader('connection', 'close').end('ok')
  }, '0.0.0.0')
  const { lookup, asked } = rebinding()
  await using fetcher = localFetcher({ lookup })
  const url = `http://rebind.example:${origin.port}/`

  const first = await fetcher.start(get(url), limits(), NEVER)
  assert.equal(await readText(first.body), 'ok')
  assert.equal(asked(), 1)
  await assert.rejects(fetcher.start(get(url), limits(), NEVER), { code: 'ADDRESS_REFUSED' })
  assert.equal(asked(), 2)
  assert.deepEqual(reached, ['127.0.0.1'])
})

test('a kept connection stays with the address it was made to', async () => {
  await using origin = await startOrigin((request, response) => response.end(request.socket.localAddress), '0.0.0.0')
  const { lookup } = rebinding()
  await using fetcher = localFetcher({ lookup })
  for (let i = 0; i < 3; i++) {
    const response = await fetcher.start(get(`http://rebind.example:${origin.port}/`), limits(), NEVER)
    assert.equal(await readText(response.body), '127.0.0.1')
    // The pool offers a connection again one turn of the event loop after its response.
    await setImmediate()
  }
  assert.equal(origin.connections(), 1)
})

test('the address of the open socket is checked again before anything is sent', async () => {
  let requests = 0
  await using origin = await startOrigin((_request, response) => {
    requests += 1
    response.end()
  })
  let checks = 0
  const guard: NetworkGuard = {
    ...createNetworkGuard(),
    checkAddress: () => (++checks === 1 ? { allowed: true } : { allowed: false, reason: 'a private address' }),
  }
  await using fetcher = localFetcher({ guard })
  await assert.rejects(fetcher.start(get(origin.url), limits(), NEVER), { code: 'ADDRESS_REFUSED' })
  await origin.allClosed()
  assert.equal(checks, 2)
  assert.equal(requests, 0)
})
