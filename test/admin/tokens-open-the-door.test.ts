import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashOf } from '../../src/wire/caller.ts'
import { codeOf, startAdmin } from '../support/admin-stage.ts'

const WRONG = `iso_${'A'.repeat(43)}`

test('on loopback nobody has to say who it is, and who does is checked', async () => {
  await using stage = await startAdmin()
  assert.equal((await stage.ask('GET', '/api/workers')).status, 200)
  for (const [path, status] of [
    ['/api/workers', 401],
    ['/healthz', 401],
    ['/nothing', 401],
  ] as const) {
    const answer = await stage.ask('GET', path, { token: WRONG })
    assert.deepEqual([answer.status, codeOf(answer)], [status, 'UNAUTHORIZED'])
    assert.equal(answer.headers['www-authenticate'], 'Bearer')
  }
  for (const authorization of ['', 'Bearer', 'Basic YTpi', `Bearer ${WRONG} ${WRONG}`, 'Bearer iso_']) {
    const { status } = await stage.ask('GET', '/api/workers', { headers: { authorization } })
    assert.equal(status, 401, authorization)
  }
})

test('where a token is required, only health is told without one', async () => {
  let stage = await startAdmin({ requireToken: true })
  for (const [index, { method, url }] of stage.routes.entries()) {
    // One address may fail so often and no more.
    if (index % 25 === 24) {
      await stage[Symbol.asyncDispose]()
      stage = await startAdmin({ requireToken: true })
    }
    const { status } = await stage.ask(method, url)
    const isOpen = url === '/healthz' || url === '/readyz'
    assert.equal(status, isOpen ? (url === '/readyz' ? 503 : 200) : 401, `${method} ${url}`)
  }
  await stage[Symbol.asyncDispose]()
})

test('with one, every page is there', async () => {
  await using stage = await startAdmin({ requireToken: true })
  assert.equal((await stage.ask('GET', '/nothing')).status, 401)
  const token = stage.secretOf({ role: 'admin' })
  assert.equal((await stage.ask('GET', '/api/workers', { token })).status, 200)
  assert.equal((await stage.ask('GET', '/nothing', { token })).status, 404)
})

test('a token that has expired, or was revoked, opens nothing', async (t) => {
  await using stage = await startAdmin({ requireToken: true })
  const ask = (token: string): Promise<number> =>
    stage.ask('GET', '/api/workers', { token }).then(({ status }) => status)
  const expires = Date.now() + 60_000
  const passing = stage.secretOf({ role: 'admin', expires })
  assert.equal(await ask(passing), 200)
  t.mock.timers.enable({ apis: ['Date'], now: expires })
  assert.equal(await ask(passing), 401)
  t.mock.timers.reset()
  const admin = stage.secretOf({ role: 'admin' })
  const { id, secret } = stage.tokens.create({ role: 'reader', label: 'going' })
  assert.equal(await ask(secret), 200)
  assert.equal((await stage.ask('DELETE', `/api/tokens/${id}`, { token: admin })).status, 200)
  assert.equal(await ask(secret), 401)
  const again = await stage.ask('DELETE', `/api/tokens/${id}`, { token: admin })
  assert.deepEqual([again.status, codeOf(again)], [404, 'NOT_FOUND'])
})

test('a token that the server was given is valid without being stored', async () => {
  const secret = 'a-secret-that-an-operator-thought-of'
  const given = [{ hash: hashOf(secret), name: 'given', role: 'admin', tenant: undefined }] as const
  await using stage = await startAdmin({ requireToken: true, given })
  assert.equal((await stage.ask('GET', '/api/tokens', { token: secret })).text, '{"tokens":[]}')
  assert.equal((await stage.ask('GET', '/api/tokens', { token: `${secret}.` })).status, 401)
})

test('a secret is shown once, and is nowhere after that', async () => {
  await using stage = await startAdmin()
  const made = await stage.ask('POST', '/api/tokens', { body: { role: 'deployer', tenant: 'acme', label: 'ci' } })
  const { id, secret, ...token } = made.json() as Record<string, unknown>
  assert.match(String(secret), /^iso_[\w-]{43}$/)
  assert.equal(id, String(secret).slice(4, 12))
  assert.deepEqual({ ...token, time: 0 }, { role: 'deployer', tenant: 'acme', label: 'ci', time: 0, expires: null })
  for (const path of ['/api/tokens', '/api/audit']) {
    const { text } = await stage.ask('GET', path)
    assert.ok(!text.includes(String(secret).slice(12)), text)
  }
})

test('a token that makes no sense is not made', async () => {
  await using stage = await startAdmin()
  for (const body of [
    { role: 'deployer', label: 'ci' },
    { role: 'admin', tenant: 'acme', label: 'ci' },
    { role: 'owner', label: 'ci' },
    { role: 'admin', label: ' ' },
    { role: 'admin', label: 'ci', expires: 1 },
    { role: 'deployer', tenant: '../etc', label: 'ci' },
    { role: 'admin', label: 'ci', secret: 'mine' },
  ]) {
    const { status, text } = await stage.ask('POST', '/api/tokens', { body })
    assert.equal(status, 400, text)
  }
  assert.deepEqual(stage.tokens.list(), [])
})
