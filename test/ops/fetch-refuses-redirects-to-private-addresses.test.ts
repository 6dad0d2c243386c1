import assert from 'node:assert/strict'
import { test } from 'node:test'
import { get, limits, localFetcher, NEVER, startOrigin } from '../support/origin.ts'

test('a redirect is held to the same rules as the first request', async () => {
  await using inside = await startOrigin((_request, response) => response.end('secret'), '127.0.0.2')
  let location = ''
  await using outside = await startOrigin((_request, response) => response.writeHead(302, { location }).end())
  await using fetcher = localFetcher()
  const targets = [
    inside.url,
    `//127.0.0.2:${inside.port}/`,
    `http://[::ffff:127.0.0.2]:${inside.port}/`,
    `http://0x7f000002:${inside.port}/`,
    'http://169.254.169.254/latest/meta-data/',
    'http://[fd00:ec2::254]/',
    'http://[::1]/',
    'http://10.0.0.1/',
  ]
  for (location of targets) {
    await assert.rejects(fetcher.start(get(outside.url), limits(), NEVER), { code: 'ADDRESS_REFUSED' }, location)
  }
  assert.equal(inside.connections(), 0)
})
