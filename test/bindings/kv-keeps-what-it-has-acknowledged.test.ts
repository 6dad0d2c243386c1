// Control is killed while writes are on their way: they wait, and what was acknowledged is there afterwards.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { familyOf } from '../../conformance/chaos/runner/processes.ts'
import { eventually } from '../support/cli.ts'
import { kill, startFleet } from '../support/fleet.ts'
import { KV_BINDINGS, KV_WORKER } from '../support/kv-worker.ts'

const WORKER = { tenant: 'default', worker: 'app' }
const WRITERS = 8
const KILLS = 3

test('every acknowledged write is present, and none was refused', async () => {
  await using fleet = await startFleet()
  await fleet.deploy(WORKER, KV_WORKER, { bindings: KV_BINDINGS })
  const state = { isOver: false }
  const acknowledged: string[] = []
  const refused: string[] = []
  const write = async (writer: number): Promise<void> => {
    for (let i = 0; !state.isOver; i++) {
      const key = `${writer}-${i}`
      const { status, text } = await fleet.get(WORKER, `/put?key=${key}&value=${key}`)
      if (status === 200 && text === key) acknowledged.push(key)
      else refused.push(`${status} ${text}`)
    }
  }
  const writing = Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)))
  for (let kills = 0; kills < KILLS; kills++) {
    const before = acknowledged.length
    await eventually(
      async () => acknowledged.length,
      (count) => count >= before + 20,
    )
    kill(familyOf(fleet.serve.pid).find(({ commandLine }) => commandLine.endsWith('/control.js')))
  }
  const before = acknowledged.length
  await eventually(
    async () => acknowledged.length,
    (count) => count >= before + 20,
  )
  state.isOver = true
  await writing
  assert.deepEqual(refused, [])
  for (const key of acknowledged) assert.equal((await fleet.get(WORKER, `/get?key=${key}`)).text, key)
})
