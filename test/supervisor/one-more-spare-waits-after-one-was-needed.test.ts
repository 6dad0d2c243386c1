import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Spares } from '../../src/supervisor/spares.ts'
import { kill } from '../support/fleet.ts'
import { startStandInFleet } from '../support/stand-in-fleet.ts'
import { until } from '../support/until.ts'

const MINUTE_MS = 60_000

test('one waits at first, two for five minutes after one was needed, then one again', () => {
  const spares = new Spares(1)
  assert.equal(spares.wanted(0), 1)
  spares.used(1000)
  assert.equal(spares.wanted(1000), 2)
  assert.equal(spares.wanted(4 * MINUTE_MS), 2)
  spares.used(4 * MINUTE_MS)
  assert.equal(spares.wanted(8 * MINUTE_MS), 2)
  assert.equal(spares.wanted(9 * MINUTE_MS), 1)
})

test('who wants none has none', () => {
  const spares = new Spares(0)
  spares.used(0)
  assert.equal(spares.wanted(0), 0)
})

test('a host that dies leaves two that wait behind, and one that died waiting is no reason for more', async () => {
  await using standIns = await startStandInFleet()
  const { fleet, hosts } = standIns
  await fleet.started
  await until(() => hosts('booted').length === 1)
  const [waiting] = hosts('booted')
  kill(waiting)
  await until(() => hosts('booted').some(({ id }) => id !== waiting?.id))
  assert.equal(fleet.status().length, 2)
  const [serving] = hosts('serving')
  kill(serving)
  await until(() => hosts('booted').length === 2 && hosts('starting').length === 0)
  assert.equal(fleet.status().length, 3)
})
