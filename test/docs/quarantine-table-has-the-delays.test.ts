import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMemoryStore } from '../../src/control/memory-store.ts'
import { Quarantine } from '../../src/control/quarantine.ts'
import { readPage } from '../support/doc-examples.ts'

const SECONDS: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600 }

test('docs/security.md says for how long each strike holds a worker back', () => {
  const [, line = ''] = /^\| held back for \|(.*)\|$/m.exec(readPage('docs/security.md')) ?? []
  const delays = line.split('|').map((cell) => {
    const [count = '', unit = ''] = cell.trim().split(' ')
    return Number(count) * (SECONDS[unit] ?? Number.NaN)
  })
  const quarantine = new Quarantine(createMemoryStore())
  const worker = { tenant: 'acme', worker: 'evil' }
  const struck = delays.map(() => {
    quarantine.strike(worker, { number: 1, reason: 'it was stuck' })
    return Math.ceil(quarantine.remainingMs(worker) / 1000)
  })
  assert.deepEqual(delays, struck)
  quarantine.strike(worker, { number: 1, reason: 'it was stuck' })
  assert.equal(Math.ceil(quarantine.remainingMs(worker) / 1000), delays.at(-1), 'as for the last strike')
})
