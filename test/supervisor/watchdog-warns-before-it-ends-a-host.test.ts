import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startStandInFleet } from '../support/stand-in-fleet.ts'
import { until } from '../support/until.ts'

const WORDS = [
  { type: 'inside', number: 7 },
  { type: 'overdue', number: 7 },
  { type: 'outside' },
  { type: 'inside', number: 8 },
  { type: 'outside' },
  { type: 'inside', number: 9 },
  { type: 'overdue', number: 9 },
  { type: 'stuck', number: 9, detail: 'for good' },
]

test('what is past its limits is told before its host dies of it, and that it came out where it did', async () => {
  const lines = JSON.stringify(WORDS.map((word) => `${JSON.stringify(word)}\n`).join(''))
  const code = `on('serve', ({ host }) => {
    send({ type: 'serving' })
    if (host !== 1) return
    process.getBuiltinModule('fs').writeSync(4, ${lines})
    process.kill(process.pid, 'SIGKILL')
  })`
  await using standIns = await startStandInFleet({ code })
  await until(() => standIns.incidents.length > 0)
  assert.deepEqual(standIns.alarms, ['host 1: version 7', 'host 1: recovered', 'host 1: version 9'])
  assert.equal(standIns.incidents[0]?.culprit, 9)
  assert.equal(standIns.incidents[0]?.cause, 'stuck')
})
