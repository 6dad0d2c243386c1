import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startStandInFleet } from '../support/stand-in-fleet.ts'
import { until } from '../support/until.ts'

// The first to serve asks for a successor when a reload has begun, and takes its time to finish; a host that is killed
// before it has finished loses what it runs.
const SLOW_TO_DRAIN = `
  on('serve', () => { send({ type: 'serving' }); send({ type: 'worn', reason: 'of its age' }) })
  on('drain', () => setTimeout(() => { process.stdout.write('finished '); send({ type: 'drained', cut: 0 }) }, 300))
`

test('a host that is worn while it is reloaded finishes what it has, and gets one successor', async () => {
  await using standIns = await startStandInFleet({ code: SLOW_TO_DRAIN })
  const { fleet, hosts } = standIns
  await fleet.started
  const [old] = hosts('serving')
  await Promise.all([fleet.reload(), fleet.reload()])
  await until(() => fleet.status().every(({ id }) => id !== old?.id))
  assert.deepEqual(standIns.incidents, [])
  assert.ok(hosts('serving').length + hosts('opening').length <= 2)
})

test('a server that ends during a reload lets the host that is leaving finish', async () => {
  await using standIns = await startStandInFleet({
    code: `on('drain', () => setTimeout(() => send({ type: 'drained', cut: 7 }), 300))`,
  })
  const { fleet, hosts } = standIns
  await fleet.started
  void fleet.reload()
  await until(() => hosts('leaving').length === 1)
  // The one that leaves and its successor.
  assert.equal(await fleet.drain(5000), 14)
})
