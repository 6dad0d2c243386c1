import assert from 'node:assert/strict'
import { test } from 'node:test'
import { alive, familyOf } from '../../conformance/chaos/runner/processes.ts'
import { eventually } from '../support/cli.ts'
import { answering, startFleet } from '../support/fleet.ts'

const WORKER = { tenant: 'default', worker: 'app' }
const STUCK = `export default { fetch: () => Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1) }`

for (const [what, source] of [
  ['is idle', answering('here')],
  ['is stuck in a call that V8 cannot interrupt', STUCK],
] as const) {
  test(`kill -9 of the supervisor ends all its processes, while a worker ${what}`, async () => {
    await using fleet = await startFleet()
    await fleet.deploy(WORKER, source, { start: 'on-demand' })
    const family = familyOf(fleet.serve.pid)
    assert.ok(family.length >= 5, `only ${family.length} processes`)
    const asked = fleet.get(WORKER).catch(() => undefined)
    fleet.serve.signal('SIGKILL')
    await fleet.serve.ended
    await eventually(
      () => Promise.resolve(alive(family)),
      (left) => left.length === 0,
    )
    await asked
  })
}
