// What is written on one host is read there at once, and on the others within 200 ms.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Answer } from '../support/cli.ts'
import { startFleet } from '../support/fleet.ts'
import { KV_BINDINGS, KV_WORKER } from '../support/kv-worker.ts'

const WORKER = { tenant: 'default', worker: 'app' }
const SEEN_WITHIN_MS = 200

function instanceOf({ headers }: Answer): string {
  return String(headers['x-instance'])
}

test('read your writes on a host, and within 200 ms on the other', async () => {
  await using fleet = await startFleet([], { hosts: 2 })
  await fleet.deploy(WORKER, KV_WORKER, { bindings: KV_BINDINGS })
  /** Asks until every host has answered. */
  const everywhere = async (path: string): Promise<ReadonlyMap<string, string>> => {
    const answers = new Map<string, string>()
    while (answers.size < 2) {
      const answer = await fleet.get(WORKER, path)
      answers.set(instanceOf(answer), answer.text)
    }
    return answers
  }
  for (let round = 0; round < 8; round++) {
    // From here on both have the old value in memory.
    await everywhere('/get?key=shared')
    const written = await fleet.get(WORKER, `/put?key=shared&value=${round}`)
    const writtenMs = performance.now()
    assert.equal(written.text, String(round))
    const atOnce = await everywhere('/get?key=shared')
    assert.equal(atOnce.get(instanceOf(written)), String(round))
    await delay(Math.max(0, writtenMs + SEEN_WITHIN_MS - performance.now()))
    assert.deepEqual(new Set((await everywhere('/get?key=shared')).values()), new Set([String(round)]))
  }
  await fleet.get(WORKER, '/delete?key=shared')
  await delay(SEEN_WITHIN_MS)
  assert.deepEqual(new Set((await everywhere('/get?key=shared')).values()), new Set(['none']))
})

test('a stream of 20 MiB goes in and comes out', async () => {
  await using fleet = await startFleet(['--cpu-ms', '20000'])
  await fleet.deploy(WORKER, KV_WORKER, { bindings: KV_BINDINGS })
  assert.equal((await fleet.get(WORKER, '/big?key=big&mib=20')).text, 'stored')
  const { text } = await fleet.get(WORKER, '/stream?key=big')
  assert.equal(text.length, 20 * 1024 * 1024)
  assert.deepEqual([text.charCodeAt(0), text.charCodeAt(text.length - 1)], [20, 1])
})
