import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createNetworkGuard } from '../../src/ops/network-guard.ts'
import { createFetcher } from '../../src/ops/fetch.ts'
import { get, limits, NEVER, startOrigin } from '../support/origin.ts'

const HOSTS = [
  '127.0.0.1',
  '127.1',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0177.0.0.1',
  '017700000001',
  '127.0.0.1.',
  '１２７.0.0.1',
  '0',
  '0.0.0.0',
  '10.0.0.1',
  '169.254.169.254',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
  '[fd00:ec2::254]',
  '[fe80::1]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
  '%31%32%37.0.0.1',
]

test('a URL whose host is a private address is refused in every spelling, without a connection', async () => {
  await using origin = await startOrigin((_request, response) => response.end('reached'), '0.0.0.0')
  await using fetcher = createFetcher({ guard: createNetworkGuard() })
  for (const host of HOSTS) {
    const url = `http://${host}:${origin.port}/`
    await assert.rejects(fetcher.start(get(url), limits(), NEVER), { code: 'ADDRESS_REFUSED' }, host)
  }
  assert.equal(origin.connections(), 0)
})

test('the refusal names the host and the reason', async () => {
  await using fetcher = createFetcher({ guard: createNetworkGuard() })
  await assert.rejects(fetcher.start(get('http://0x7f.1/'), limits(), NEVER), {
    message: 'Workers may not connect to 127.0.0.1: it is a loopback address.',
  })
})
