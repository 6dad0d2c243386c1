import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { createAdminServer } from '../../src/server/admin-server.ts'

const reply = z.object({})
const schema = { summary: 'something', response: { 200: reply } }
const names = z.object({ tenant: z.string() })

test('a route that does not say who it is for, or what it takes and answers, does not come to be', async () => {
  const door = { hosts: [], requireToken: false, given: [], changesPerMinute: 1, readsPerMinute: 1 }
  const app = await createAdminServer({ door })
  const answer = async (): Promise<Record<string, never>> => ({})
  assert.throws(() => app.get('/a', answer), /does not say who/)
  assert.throws(() => app.get('/b', { schema }, answer), /does not say who/)
  assert.throws(() => app.get('/c', { config: { access: 'open' } }, answer), /no summary or no reply/)
  assert.throws(() => app.get('/d', { config: { access: 'tenant' }, schema }, answer), /has none in its path/)
  assert.throws(() => app.post('/e', { config: { access: 'caller' }, schema }, answer), /for any caller/)
  assert.throws(() => app.get('/f/:tenant', { config: { access: 'tenant' }, schema }, answer), /for its parameters/)
  assert.throws(
    () => app.get('/g', { config: { access: 'open' }, schema: { ...schema, hide: true } }, answer),
    /document/,
  )
  const own = { config: { access: 'own' }, schema: { ...schema, params: names } } as const
  assert.throws(() => app.post('/i/:tenant', own, answer), /names a tenant/)
  app.post('/j', { config: { access: 'own' }, schema }, answer)
  app.get('/h/:tenant', { config: { access: 'tenant' }, schema: { ...schema, params: names } }, answer)
  await app.close()
})
