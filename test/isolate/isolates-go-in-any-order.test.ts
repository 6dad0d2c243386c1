import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EngineIsolate, type GuestContext } from '../../src/isolate/engine-isolate.ts'
import { ENTRY } from '../../src/bridge/entries.ts'

interface Made {
  readonly isolate: EngineIsolate
  readonly context: GuestContext
}

async function make(count: number): Promise<Made[]> {
  const made: Made[] = []
  for (let i = 0; i < count; i++) {
    const isolate = new EngineIsolate({ executor: 'inline', heapMb: 32 })
    made.push({ isolate, context: await isolate.createContext() })
  }
  return made
}

/** An entry that needs no program. */
function isAlive({ context }: Made): boolean {
  let outcome: unknown = 'not entered'
  context.enter({ kind: ENTRY.collect, id: 0 }, 500, (_, result) => {
    outcome = result
  })
  return outcome === undefined
}

for (const [how, index] of [
  ['oldest first', () => 0],
  ['newest first', (left: number) => left - 1],
  ['in random order', (left: number) => Math.floor(Math.random() * left)],
] as const) {
  for (const when of ['now', 'background'] as const) {
    test(`isolates disposed of ${how} (${when}) leave the others working`, async () => {
      const made = await make(8)
      while (made.length > 0) {
        const [{ isolate }] = made.splice(index(made.length), 1) as [Made]
        isolate.dispose(when)
        assert.equal(isolate.isDisposed, true)
        isolate.dispose(when)
        assert.equal(isolate.heapBytes(), undefined)
        for (const other of made) assert.ok(isAlive(other))
      }
    })
  }
}

test('contexts of one isolate are released in any order, and entering one that is gone tells so', async () => {
  const isolate = new EngineIsolate({ executor: 'inline', heapMb: 64 })
  const contexts = [await isolate.createContext(), await isolate.createContext(), await isolate.createContext()]
  contexts[1]?.release()
  assert.ok(contexts[0] && isAlive({ isolate, context: contexts[0] }))
  contexts[0]?.release()
  assert.ok(contexts[2] && isAlive({ isolate, context: contexts[2] }))
  isolate.dispose('now')
  contexts[2]?.release()
  let result: unknown
  contexts[2]?.enter({ kind: ENTRY.collect, id: 0 }, 500, (_, entered) => {
    result = entered
  })
  assert.equal(typeof result, 'object')
})
