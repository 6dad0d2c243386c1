import assert from 'node:assert/strict'
import { test } from 'node:test'
import { get, limits, localFetcher, NEVER, readText, startOrigin } from '../support/origin.ts'

test('credentials follow a redirect within an origin and not to another', async () => {
  await using other = await startOrigin((request, response) => response.end(JSON.stringify(request.headers)))
  await using origin = await startOrigin((request, response) => {
    if (request.url === '/away') response.writeHead(302, { location: other.url }).end()
    else if (request.url === '/stay') response.writeHead(302, { location: '/here' }).end()
    else response.end(JSON.stringify(request.headers))
  })
  await using fetcher = localFetcher()
  const headers = [
    ['Authorization', 'Bearer secret'],
    ['Cookie', 'session=secret'],
    ['Proxy-Authorization', 'Basic secret'],
    ['X-Kept', 'yes'],
  ] as const
  const arrived = async (path: string) =>
    JSON.parse(await readText((await fetcher.start(get(origin.url + path, { headers }), limits(), NEVER)).body))

  const stayed = await arrived('/stay')
  assert.equal(stayed.authorization, 'Bearer secret')
  assert.equal(stayed.cookie, 'session=secret')
  const away = await arrived('/away')
  assert.equal(away['x-kept'], 'yes')
  assert.ok(!JSON.stringify(away).includes('secret'))
})
