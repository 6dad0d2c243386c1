// A few attacks of each class against the real server. `npm run escapes` runs all of them, and measures.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { judge } from '../../conformance/escapes/runner/judge.ts'
import { loadAttacks } from '../../conformance/escapes/runner/load-attacks.ts'
import { runAttack } from '../../conformance/escapes/runner/run-attack.ts'
import { openStage } from '../../conformance/escapes/runner/stage.ts'

const NAMES = [
  'loops/after-timer',
  'loops/at-top-level',
  'built-ins/index-of',
  'built-ins/in-wait-until',
  'memory/objects',
  'aborts/string-split',
  'hostile-values/reject-with-getter',
  'bridge/error-stacks',
  'deploys/code-after-the-call',
  'floods/log-lines',
  'http/pipelined-tenants',
  'platform/pbkdf2-without-end',
  'platform/websockets-to-the-bait',
  'network/ipv4-mapped-ipv6',
  'tenancy/leftover-timer',
]

const stage = await openStage({ tier: 'probation', hosts: 1, quietMs: 200 })
after(() => stage[Symbol.asyncDispose]())

const attacks = await loadAttacks(new RegExp(`^(?:${NAMES.join('|')})$`))

test('every attack named here exists', () => {
  assert.deepEqual(attacks.map(({ name }) => name).toSorted(), NAMES.toSorted())
})

for (const attack of attacks) {
  test(`${attack.name}: ${attack.title}`, async () => {
    const measurement = await runAttack(stage, attack)
    const { escaped, misblamed } = judge(measurement)
    assert.deepEqual(escaped, [])
    assert.deepEqual(misblamed, [])
    assert.deepEqual(measurement.victim.losses, [])
  })
}
