import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sharesOf } from '../../src/supervisor/host-shares.ts'
import { request } from '../support/cli.ts'
import { startFleet } from '../support/fleet.ts'

test('--pool-size is for the whole server', async () => {
  await using fleet = await startFleet(['--pool-size', '90'], { hosts: 2 })
  const { total } = (await request(fleet.serve.adminPort, '/admin/pool')).json() as { total: number }
  assert.equal(total, 90)
})

test('each host has its share of instances of a tenant, and of a worker at least one', () => {
  const sizes = { poolSize: 1000, persistentReplicas: 7, tenantInstances: 10 }
  assert.deepEqual(sharesOf(sizes, 3), { poolSize: 250, persistentReplicas: 2, tenantInstances: 3 })
  assert.equal(sharesOf({ ...sizes, persistentReplicas: 1 }, 8).persistentReplicas, 1)
  const { tenantInstances: _none, ...others } = sizes
  assert.equal('tenantInstances' in sharesOf(others, 3), false)
})
