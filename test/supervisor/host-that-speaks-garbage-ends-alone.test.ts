import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startStandInFleet } from '../support/stand-in-fleet.ts'
import { until } from '../support/until.ts'

/** To the descriptor of Node's IPC, as native code that has taken a host over may. */
const GARBAGE = ['garbage', 'null', '[1', '{"cmd":"NODE_HANDLE_ACK"}', '{"cmd":"NODE_HANDLE_NACK"}', '\0\0\0']

for (const line of GARBAGE) {
  test(`a host that says ${JSON.stringify(line)} is ended, and the supervisor goes on`, async () => {
    const text = JSON.stringify(`${line}\n`)
    const code = `on('serve', ({ host }) => {
      send({ type: 'serving' })
      if (host === 1) setTimeout(() => process.getBuiltinModule('fs').writeSync(3, ${text}), 50)
    })`
    await using standIns = await startStandInFleet({ code })
    const { fleet, hosts } = standIns
    await fleet.started
    await until(() => hosts('serving').some(({ id }) => id > 1) && hosts('booted').length >= 1)
    assert.equal(hosts('serving').length, 1)
  })
}
