import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { MAX_ASSET_BYTES } from '../../src/assets.ts'
import { deploySite, missingOf, sendBlob, sendContents, tryDeploySite } from '../support/deploy-site.ts'
import { answering, startFleet } from '../support/fleet.ts'
import { hashOf } from '../support/site.ts'

const ADDRESS = { tenant: 'default', worker: 'site' }
const CONTENTS = { '/index.html': 'home', '/a.txt': 'a', '/"é".txt': 'named freely', '/same.txt': 'a' }

test('a version is deployed once its contents are there, and only then', async () => {
  await using fleet = await startFleet()
  const refusal = await tryDeploySite(fleet, ADDRESS, { contents: CONTENTS })
  assert.equal(refusal?.code, 'INVALID_BUNDLE')
  assert.match(refusal?.message ?? '', /^The contents of 4 static files are not there.*\/index\.html, \/a\.txt/)

  assert.equal((await sendContents(fleet, 'default', CONTENTS)).length, 3)
  assert.deepEqual(await sendContents(fleet, 'default', CONTENTS), [])
  await deploySite(fleet, ADDRESS, { contents: CONTENTS })
  assert.equal((await fleet.get(ADDRESS)).text, 'home')
  assert.equal((await fleet.get(ADDRESS, '/%22%C3%A9%22.txt')).text, 'named freely')
  assert.equal((await fleet.get(ADDRESS, '/same.txt')).text, 'a')
  assert.equal((await fleet.get(ADDRESS, '/none')).status, 404)

  // A new version brings its own files, a worker, and what it has in common with the old one.
  const next = { '/index.html': 'new home', '/a.txt': 'a' }
  assert.equal((await sendContents(fleet, 'default', next)).length, 1)
  await deploySite(fleet, ADDRESS, { contents: next, worker: answering('worker') })
  assert.equal((await fleet.get(ADDRESS)).text, 'new home')
  assert.equal((await fleet.get(ADDRESS, '/same.txt')).text, 'worker')
})

test('tenants learn nothing of each other, and are served on their own tier', async () => {
  await using fleet = await startFleet()
  const hash = hashOf('shared')
  await sendContents(fleet, 'one', { '/s.txt': 'shared' })
  assert.deepEqual(await missingOf(fleet, 'two', [hash]), [hash])
  const two = { tenant: 'two', worker: 'site' }
  assert.equal((await tryDeploySite(fleet, two, { contents: { '/s.txt': 'shared' } }))?.code, 'INVALID_BUNDLE')

  await fleet.admin.vouch('one')
  for (const tenant of ['one', 'two']) {
    const contents = { '/s.txt': 'shared', '/own.txt': tenant, '/large': randomBytes(300_000).toString('hex') }
    await deploySite(fleet, { tenant, worker: 'site' }, { contents })
    const get = async (path: string): Promise<string> => (await fleet.get({ tenant, worker: 'site' }, path)).text
    assert.equal(await get('/s.txt'), 'shared')
    assert.equal(await get('/own.txt'), tenant)
    assert.equal((await get('/large')) === contents['/large'], true)
  }
  const tiers = Object.fromEntries((await fleet.admin.tenants()).map(({ tenant, tier }) => [tenant, tier]))
  assert.deepEqual([tiers['one'], tiers['two']], ['main', 'probation'])
})

test('what is not what it is called is not stored', async () => {
  await using fleet = await startFleet()
  const hash = hashOf('a')
  const send = async (more: Partial<Parameters<typeof sendBlob>[1]>): Promise<number> =>
    (await sendBlob(fleet, { tenant: 'default', hash, content: 'a', ...more })).status
  assert.equal(await send({ content: 'b' }), 400)
  assert.equal(await send({ hash: 'A'.repeat(64) }), 400)
  assert.equal(await send({ tenant: '..%2fx' }), 400)
  assert.equal(await send({ headers: {} }), 415)
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/json']) {
    assert.equal(await send({ headers: { 'content-type': type } }), 415, type)
  }
  const foreign = { 'content-type': 'application/octet-stream', origin: 'http://evil.example' }
  assert.equal(await send({ headers: foreign }), 403)
  // Whoever is refused may still be sending, and then sees the connection close.
  assert.equal(await send({ content: new Uint8Array(MAX_ASSET_BYTES + 1) }).catch(() => 413), 413)
  assert.deepEqual(await missingOf(fleet, 'default', [hash]), [hash])
  assert.equal(await send({}), 200)
  assert.deepEqual(await missingOf(fleet, 'default', [hash]), [])

  // No other route takes bytes.
  const url = `http://127.0.0.1:${fleet.serve.adminPort}/api/workers/default/app`
  const headers = { 'content-type': 'application/octet-stream' }
  assert.equal((await fetch(url, { method: 'PUT', headers, body: '{}' })).status, 415)
  assert.equal(fleet.serve.output().stderr, '')
})

test('a version cannot claim another size, or a path with two meanings', async () => {
  await using fleet = await startFleet()
  await sendContents(fleet, 'default', { '/a': 'a' })
  const file = { hash: hashOf('a'), bytes: 1, type: 'text/plain' }
  const codeOf = async (files: object): Promise<string | undefined> =>
    (await tryDeploySite(fleet, ADDRESS, { contents: {}, files: files as never }))?.code
  const wrong: readonly object[] = [
    { '/a': { ...file, bytes: 2 } },
    { '/a': { ...file, hash: 'x' } },
    { '/a': { ...file, type: 'text/plain\r\nx: y' } },
    { '/a': null },
    { a: file },
    { '/': file },
    { '/../a': file },
    { '/a//b': file },
    { '/a/.': file },
    { '/a\\b': file },
    { '/a\0b': file },
    { '/_headers': file },
    { [`/${'a'.repeat(1024)}`]: file },
  ]
  for (const files of wrong) assert.equal(await codeOf(files), 'INVALID_BUNDLE', JSON.stringify(files))
  assert.equal(await codeOf({ '/a': file }), undefined)
})
