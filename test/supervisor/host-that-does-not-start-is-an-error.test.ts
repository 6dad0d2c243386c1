import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startStandInFleet } from '../support/stand-in-fleet.ts'

for (const [what, code] of [
  ['before it is configured', 'process.exit(9)'],
  ['before it serves', "on('serve', () => process.kill(process.pid, 'SIGKILL'))"],
] as const) {
  test(`hosts that die ${what} are a start that failed`, async () => {
    await using standIns = await startStandInFleet({ code })
    await assert.rejects(standIns.fleet.started, { code: 'HOST_FAILED' })
  })
}
