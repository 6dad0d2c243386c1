import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import { prepareGuestCache } from '../../src/isolate/guest-cache.ts'
import { describe, startProbe } from '../support/sandbox.ts'
import { tmpDir } from '../support/tmp-dir.ts'

const bundle = bundleSource('export default { fetch: (request) => new Response(new URL(request.url).pathname) }')
const answered = { value: { outcome: 'ok', body: '/path' }, refused: undefined }

test('the cache of the guest is made before hosts start, which cannot make it', () => {
  using fallback = tmpDir()
  const folder = prepareGuestCache(fallback.path) ?? ''
  assert.ok(readdirSync(folder).some((name) => name.endsWith('.cache')))
  assert.equal(prepareGuestCache(fallback.path), folder)
})

test('a host in the sandbox runs the engine, the guest and a worker', async () => {
  using fallback = tmpDir()
  const folder = prepareGuestCache(fallback.path)
  using run = tmpDir()
  await using probe = await startProbe({ runFolder: run.path })
  const { value, refused } = await probe.attempt('runGuest', bundle, folder)
  assert.deepEqual({ value, refused }, answered, describe(probe.sandbox))
})

test('a host that finds no cache of the guest works without', async () => {
  using run = tmpDir()
  await using probe = await startProbe({ runFolder: run.path })
  const { value, refused } = await probe.attempt('runGuest', bundle, join(import.meta.dirname, '../../src'))
  assert.deepEqual({ value, refused }, answered, describe(probe.sandbox))
})
