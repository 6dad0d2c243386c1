import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMemoryStore } from '../../src/control/memory-store.ts'
import type { Store } from '../../src/control/store.ts'
import { Trust } from '../../src/control/trust.ts'

const TENANTS = Array.from({ length: 1000 }, (_, number) => `tenant-${number}`)
const MINUTE_MS = 60_000
const OPTIONS = { vouchedTenants: [], cleanTasks: 10, probationMs: 60 * MINUTE_MS }

/** A store that says who is in each write. */
function watchedStore(): { readonly store: Store; takeWrites(): string[][] } {
  const store = createMemoryStore()
  const writes: string[][] = []
  return {
    store: {
      ...store,
      saveTenants(rows) {
        writes.push(rows.map(({ tenant }) => tenant))
        store.saveTenants(rows)
      },
    },
    takeWrites: () => writes.splice(0),
  }
}

test('who did nothing is not saved with the others, but for the time that passes, and that once for all', (t) => {
  let nowMs = 0
  t.mock.method(performance, 'now', () => nowMs)
  const { store, takeWrites } = watchedStore()
  const trust = new Trust(store, OPTIONS)
  const passes = (ms: number): void => {
    for (const endMs = nowMs + ms; nowMs < endMs;) {
      nowMs += 5000
      assert.deepEqual(trust.promote(), [])
    }
  }
  for (const tenant of TENANTS) trust.tierOf(tenant)
  takeWrites()
  passes(MINUTE_MS)
  assert.deepEqual(takeWrites(), [])

  trust.served('tenant-7', 1)
  trust.served('tenant-9', 2)
  trust.served('tenant-7', 1)
  passes(MINUTE_MS)
  assert.deepEqual(takeWrites(), [['tenant-7', 'tenant-9']])

  passes(5 * MINUTE_MS)
  assert.deepEqual(takeWrites(), [TENANTS])
  const saved = store.tenants().find(({ tenant }) => tenant === 'tenant-7')
  assert.equal(saved?.cleanTasks, 2)
  assert.ok(saved.probationMs >= 5 * MINUTE_MS && saved.probationMs <= nowMs, String(saved.probationMs))

  passes(70 * MINUTE_MS)
  takeWrites()
  passes(20 * MINUTE_MS)
  assert.deepEqual(takeWrites(), [], 'their time is over: what they lack is tasks')
})

test('tenants that earn the main tier at the same moment are one write, with the time of another control before', (t) => {
  let nowMs = 0
  t.mock.method(performance, 'now', () => nowMs)
  const { store, takeWrites } = watchedStore()
  const before = new Trust(store, OPTIONS)
  for (const tenant of TENANTS) before.served(before.tenant(tenant).tenant, 10)
  nowMs = 40 * MINUTE_MS
  assert.deepEqual(before.promote(), [])

  const trust = new Trust(store, OPTIONS)
  assert.equal(trust.tenant('tenant-0').probationMs, 40 * MINUTE_MS)
  nowMs += 19 * MINUTE_MS
  assert.deepEqual(trust.promote(), [])
  takeWrites()
  nowMs += 2 * MINUTE_MS
  assert.deepEqual(trust.promote(), TENANTS)
  assert.deepEqual(takeWrites(), [TENANTS])
  assert.ok(store.tenants().every(({ tier }) => tier === 'main'))
})
