// The machine's clock may be set, forward or back, by an operator or by a time service: what is held back stays so, and
// nobody has served his time on probation because of it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMemoryStore } from '../../src/control/memory-store.ts'
import { Quarantine } from '../../src/control/quarantine.ts'
import { Trust } from '../../src/control/trust.ts'

const HOUR_MS = 3_600_000
const WORKER = { tenant: 'acme', worker: 'app' }

for (const [direction, jumpMs] of [
  ['forward', 48 * HOUR_MS],
  ['back', -48 * HOUR_MS],
] as const) {
  test(`a clock set ${direction} while control runs`, (t) => {
    const nowMs = Date.now()
    t.mock.timers.enable({ apis: ['Date'], now: nowMs })
    const store = createMemoryStore()
    const quarantine = new Quarantine(store)
    const trust = new Trust(store, { vouchedTenants: [], cleanTasks: 1, probationMs: HOUR_MS })
    quarantine.strike(WORKER, { number: 1, reason: 'it hung.' })
    trust.served('acme', 10)
    t.mock.timers.setTime(nowMs + jumpMs)

    const remainingMs = quarantine.remainingMs(WORKER)
    assert.ok(remainingMs > 0 && remainingMs <= 10_000, String(remainingMs))
    assert.equal(quarantine.active().length, 1)
    assert.deepEqual(trust.promote(), [])
    assert.equal(trust.tierOf('acme'), 'probation')
  })
}
