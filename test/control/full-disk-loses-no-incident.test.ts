import assert from 'node:assert/strict'
import { test } from 'node:test'
import { guardStore } from '../../src/control/guarded-store.ts'
import { createMemoryStore } from '../../src/control/memory-store.ts'
import type { Incident } from '../../src/wire/incident.ts'

function incident(host: number): Incident {
  const nobody = { culprit: undefined, suspects: [] }
  return { time: host, host, tier: 'main', pid: host, cause: 'killed', signal: 'SIGKILL', ...nobody, detail: '' }
}

test('incidents that cannot be written are shown all the same, and written once there is room', () => {
  const disk = createMemoryStore()
  let isFull = true
  const warnings: string[] = []
  const { addIncident } = disk
  const store = guardStore(
    {
      ...disk,
      addIncident: (added) => {
        if (isFull) throw new Error('database or disk is full')
        addIncident(added)
      },
    },
    (warning) => warnings.push(warning),
  )
  const hosts = (): number[] => store.incidents().map(({ host }) => host)
  store.addIncident(incident(1))
  store.addIncident(incident(2))
  assert.deepEqual(hosts(), [2, 1])
  assert.equal(warnings.length, 1)
  assert.deepEqual(disk.incidents(), [])
  isFull = false
  store.addIncident(incident(3))
  assert.deepEqual(hosts(), [3, 2, 1])
  assert.equal(disk.incidents().length, 3)
})
