import assert from 'node:assert/strict'
import { test } from 'node:test'
import { homeSlot } from '../../src/host/routing/home-slot.ts'

const WORKERS = Array.from({ length: 4000 }, (_, number) => ({ tenant: `tenant-${number % 7}`, worker: `w${number}` }))

for (const slots of [1, 2, 3, 7]) {
  test(`the slot that comes after ${slots} takes its share of the workers, and no other moves`, () => {
    const before = [...Array(slots).keys()]
    const moved = WORKERS.filter((worker) => homeSlot(worker, before) !== homeSlot(worker, [...before, slots]))
    for (const worker of moved) assert.equal(homeSlot(worker, [...before, slots]), slots)
    const share = WORKERS.length / (slots + 1)
    assert.ok(Math.abs(moved.length - share) < share * 0.15, `${moved.length} of ${WORKERS.length} moved`)
  })
}

test('where there is no slot there is no home', () => {
  assert.equal(homeSlot({ tenant: 'default', worker: 'app' }, []), undefined)
})
