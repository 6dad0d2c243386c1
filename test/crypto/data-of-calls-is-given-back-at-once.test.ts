// Left to the collector, it would make it collect the whole host's heap again and again.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

const MIB = 1024 * 1024

test('the host keeps nothing of what was hashed', async () => {
  await using t = startRuntime({ limits: { cpuMs: 30_000 } })
  await t.load(
    'w',
    `export default async () => {
      const bytes = new Uint8Array(${MIB})
      for (let i = 0; i < 20; i++) await crypto.subtle.digest('SHA-256', bytes)
    }`,
  )
  const before = process.memoryUsage().arrayBuffers
  const { outcome, error } = await t.runtime.dispatch('w', { type: 'execute' })
  assert.equal(outcome, 'ok', error?.message)
  const kept = process.memoryUsage().arrayBuffers - before
  assert.ok(kept < 4 * MIB, `${kept} bytes`)
})
