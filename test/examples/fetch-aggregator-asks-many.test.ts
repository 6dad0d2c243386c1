import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startExample } from '../support/example.ts'
import { startOrigin } from '../support/origin.ts'

interface Probe {
  readonly url: string
  readonly status?: number
  readonly bytes?: number
  readonly error?: string
}

const pathTo = (urls: readonly string[]): string =>
  `/?${new URLSearchParams(urls.map((url): [string, string] => ['url', url]))}`

test('it asks all addresses at once, and one that fails spoils nothing', async () => {
  let open = 0
  const waiting: (() => void)[] = []
  await using origin = await startOrigin((request, response) => {
    if (request.url === '/gone') {
      response.writeHead(404).end()
      return
    }
    // Nobody is answered before both have asked.
    open += 1
    waiting.push(() => response.end('x'.repeat(request.url === '/a' ? 10 : 2000)))
    if (open === 2) for (const answer of waiting) answer()
  })
  await using example = await startExample('fetch-aggregator', { network: { allow: ['127.0.0.1/32'] } })
  const urls = [`${origin.url}/a`, `${origin.url}/b`, `${origin.url}/gone`, 'http://127.0.0.2:8080/', 'no url']
  const { response, text } = await example.fetch('fetch-aggregator', pathTo(urls))
  assert.equal(response?.status, 200)
  const probes = JSON.parse(text) as Probe[]
  assert.deepEqual(
    probes.map(({ url }) => url),
    urls,
  )
  assert.deepEqual(
    probes.map(({ status, bytes }) => [status, bytes]),
    [
      [200, 10],
      [200, 2000],
      [404, 0],
      [undefined, undefined],
      [undefined, undefined],
    ],
  )
  assert.match(probes[3]?.error ?? '', /Workers may not connect to 127\.0\.0\.2: it is a loopback address/)
  assert.match(probes[4]?.error ?? '', /^TypeError: /)
  assert.equal(example.records[0]?.usage.subrequests, 4)
})

test('without an allow list it reaches nothing on this machine', async () => {
  await using origin = await startOrigin((_request, response) => response.end('secret'))
  await using example = await startExample('fetch-aggregator')
  const { text } = await example.fetch('fetch-aggregator', pathTo([origin.url]))
  assert.match((JSON.parse(text) as Probe[])[0]?.error ?? '', /loopback/)
  assert.equal(origin.connections(), 0)
})

test('it says what it wants', async () => {
  await using example = await startExample('fetch-aggregator')
  for (const path of ['/', pathTo(Array.from({ length: 11 }, () => 'http://example.com/'))]) {
    const { response, text } = await example.fetch('fetch-aggregator', path)
    assert.equal(response?.status, 400)
    assert.match(text, /give 1 to 10 addresses/)
  }
})
