import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { createFetcher } from '../../src/ops/fetch.ts'
import { createNetworkGuard } from '../../src/ops/network-guard.ts'
import { startOrigin } from '../support/origin.ts'

const { cache } = createRequire(import.meta.url)

/** By undici's own files. */
function isLoaded(): boolean {
  return Object.keys(cache).some((file) => file.includes('/undici/'))
}

// A process of its own, as every test file is: nothing has fetched before.
test('the HTTP client is loaded after the turn of the first fetch, and not by one that is refused', async () => {
  await using origin = await startOrigin((_request, response) => response.end('here'))
  await using fetcher = createFetcher({
    guard: createNetworkGuard({ operator: { allow: ['127.0.0.1/32'], deny: ['denied.example'] } }),
  })
  const get = { method: 'GET', headers: [], redirect: 'follow' } as const
  const limits = { maxBodyBytes: 1000 }
  const { signal } = new AbortController()
  await assert.rejects(fetcher.start({ ...get, url: 'http://denied.example/' }, limits, signal), /denied\.example/)
  assert.equal(isLoaded(), false)
  const left = new AbortController()
  const canceled = fetcher.start({ ...get, url: origin.url }, limits, left.signal)
  const answered = fetcher.start({ ...get, url: origin.url }, limits, signal)
  assert.equal(isLoaded(), false)
  assert.equal(fetcher.isIdle, false)
  left.abort()
  await assert.rejects(canceled, { name: 'AbortError' })
  assert.equal((await answered).status, 200)
  assert.equal(isLoaded(), true)
})
