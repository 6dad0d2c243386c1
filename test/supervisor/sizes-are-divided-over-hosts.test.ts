import assert from 'node:assert/strict'
import { test } from 'node:test'
import { request } from '../support/cli.ts'
import { startFleet } from '../support/fleet.ts'

test('--pool-size is for the whole server', async () => {
  await using fleet = await startFleet(['--pool-size', '90'], { hosts: 2 })
  const { total } = (await request(fleet.serve.adminPort, '/admin/pool')).json() as { total: number }
  assert.equal(total, 90)
})
