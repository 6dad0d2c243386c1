import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeOf, startAdmin } from '../support/admin-stage.ts'

async function statuses(times: number, ask: () => Promise<{ status: number }>): Promise<string> {
  const seen: number[] = []
  for (let i = 0; i < times; i++) seen.push((await ask()).status)
  return seen.join(' ')
}

test('whoever asks too often is told when to come back, each token and address by itself', async () => {
  await using stage = await startAdmin({ readsPerMinute: 3, changesPerMinute: 2 })
  const token = stage.secretOf({ role: 'admin' })
  const lift = (): Promise<{ status: number }> => stage.ask('DELETE', '/api/quarantine/acme/app')
  const read = (): Promise<{ status: number }> => stage.ask('GET', '/api/workers')
  assert.equal(await statuses(4, read), '200 200 200 429')
  assert.equal(await statuses(3, lift), '200 200 429')
  const refused = await stage.ask('DELETE', '/api/quarantine/acme/app')
  assert.equal(codeOf(refused), 'RATE_LIMITED')
  const retryAfter = Number(refused.headers['retry-after'])
  assert.ok(retryAfter > 0 && retryAfter <= 60, String(retryAfter))
  assert.equal(await statuses(4, () => stage.ask('GET', '/api/workers', { token })), '200 200 200 429')
  // A flood leaves no trace in the log beyond what was done.
  assert.equal(stage.audit.list({ tenant: undefined, limit: 100 }).length, 2)
})

test('wrong tokens are refused without a look soon, and keep no right one out', async () => {
  await using stage = await startAdmin()
  const wrong = await statuses(31, () => stage.ask('GET', '/api/workers', { token: 'iso_wrong' }))
  assert.equal(wrong, `${'401 '.repeat(30)}429`)
  assert.equal((await stage.ask('GET', '/api/workers', { token: stage.secretOf({ role: 'admin' }) })).status, 200)
  assert.equal(stage.audit.list({ tenant: undefined, limit: 100 }).length, 0)
})
