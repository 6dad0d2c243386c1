import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Audit } from '../../src/control/audit.ts'
import { openDatabase } from '../../src/control/database.ts'
import { startAdmin } from '../support/admin-stage.ts'

interface Row {
  readonly actor: string
  readonly action: string
  readonly tenant: string | null
  readonly worker: string | null
  readonly status: number
}

test('every change is on record with who made it: refused ones too, reading not, and never what was sent', async () => {
  await using stage = await startAdmin()
  const { id, secret: token } = stage.tokens.create({ role: 'deployer', tenant: 'acme', label: 'ci' })
  await stage.ask('PUT', '/api/tenants/acme', { body: { network: { deny: ['private.example'] } } })
  await stage.ask('DELETE', '/api/workers/acme/app', { token })
  await stage.ask('PUT', '/api/workers/acme/app', { token, body: { env: { KEY: 'private' } } })
  await stage.ask('PUT', '/api/tenants/acme', { token, body: { vouched: true } })
  await stage.ask('DELETE', '/api/workers/zebra/app', { token })
  await stage.ask('GET', '/api/workers', { token })
  await stage.ask('DELETE', '/api/workers/acme/app', { token: 'iso_wrong' })
  await stage.ask('DELETE', '/api/nothing', { token })
  const { audit } = (await stage.ask('GET', '/api/audit')).json() as { audit: Row[] }
  const actor = `${id} (ci)`
  assert.deepEqual(
    audit.toReversed().map((row) => [row.actor, row.action, row.tenant, row.worker, row.status]),
    [
      ['loopback', 'PUT /api/tenants/:tenant', 'acme', null, 200],
      [actor, 'DELETE /api/workers/:tenant/:worker', 'acme', 'app', 404],
      [actor, 'PUT /api/workers/:tenant/:worker', 'acme', 'app', 400],
      [actor, 'PUT /api/tenants/:tenant', 'acme', null, 403],
      // What another tenant's people see of their own says nothing of this one's.
      [actor, 'DELETE /api/workers/:tenant/:worker', 'acme', null, 404],
    ],
  )
  assert.ok(!JSON.stringify(audit).includes('private'))
})

test('a tenant sees its own rows, newest first, as many as it asks for', async () => {
  await using stage = await startAdmin()
  for (const tenant of ['acme', 'zebra', 'acme']) await stage.ask('PUT', `/api/tenants/${tenant}`)
  const token = stage.secretOf({ role: 'reader', tenant: 'acme' })
  const list = async (query: string): Promise<number[]> => {
    const { audit } = (await stage.ask('GET', `/api/audit${query}`, { token })).json() as {
      audit: { number: number }[]
    }
    return audit.map(({ number }) => number)
  }
  assert.deepEqual(await list(''), [3, 1])
  assert.deepEqual(await list('?limit=1'), [3])
  for (const query of ['?limit=0', '?limit=x', '?limit=', '?limit=10001']) {
    assert.equal((await stage.ask('GET', `/api/audit${query}`, { token })).status, 400, query)
  }
})

test('the log keeps ten thousand rows', () => {
  using database = openDatabase(':memory:')
  const audit = new Audit(database, () => undefined)
  const entry = { actor: 'a', action: 'PUT /', tenant: undefined, worker: undefined, status: 200 }
  for (let i = 0; i < 10_005; i++) audit.add(entry)
  const rows = audit.list({ tenant: undefined, limit: 20_000 })
  assert.deepEqual([rows.length, rows[0]?.number, rows.at(-1)?.number], [10_000, 10_005, 6])
})

test('a log that cannot be written is told of once, and stops nothing', () => {
  const database = openDatabase(':memory:')
  const told: string[] = []
  const audit = new Audit(database, (message) => void told.push(message))
  database[Symbol.dispose]()
  const entry = { actor: 'a', action: 'PUT /', tenant: undefined, worker: undefined, status: 200 }
  audit.add(entry)
  audit.add(entry)
  assert.equal(told.length, 1)
})
