import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kill } from '../support/fleet.ts'
import { startStandInFleet } from '../support/stand-in-fleet.ts'
import { until } from '../support/until.ts'

const SLOW_TO_START = `on('configure', () => setTimeout(() => send({ type: 'booted' }), 300))`

test('a host that dies while a reload waits for its successor leaves as many hosts as before, and one more that waits', async () => {
  await using standIns = await startStandInFleet({ code: SLOW_TO_START, mainHosts: 2 })
  const { fleet, hosts } = standIns
  await fleet.started
  await until(() => hosts('booted').length === 1)
  const [first] = hosts('serving')
  const reloaded = fleet.reload()
  await until(() => hosts('booted').length === 0)
  kill(first)
  await reloaded
  await until(() => hosts('booted').length === 2 && hosts('starting').length === 0)
  assert.equal(hosts('serving').length, 2)
  assert.equal(fleet.status().length, 4)
})
