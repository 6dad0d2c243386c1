import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ByteSource } from '../../src/task.ts'
import { startRuntime } from '../support/runtime.ts'

/** A body of which each chunk comes when the one before it has been worked on by both workers. */
function inTurns(names: readonly string[], rounds: number): { bodies: Map<string, ByteSource>; steps: string[] } {
  const steps: string[] = []
  const waiting = new Map<string, () => void>()
  const left = new Map(names.map((name) => [name, rounds]))
  const release = (): void => {
    if (waiting.size < names.length) return
    const due = [...waiting.values()]
    waiting.clear()
    for (const resume of due) resume()
  }
  const bodies = new Map(
    names.map((name) => [
      name,
      {
        async read() {
          await new Promise<void>((resolve) => {
            waiting.set(name, resolve)
            release()
          })
          const more = left.get(name) ?? 0
          if (more === 0) return undefined
          left.set(name, more - 1)
          steps.push(name)
          return Buffer.from('.')
        },
        cancel: () => undefined,
      },
    ]),
  )
  return { bodies, steps }
}

for (const mode of ['worker', 'pool', 'persistent'] as const) {
  test(`${mode}: three workers on one thread make progress in turns, one step for each await`, async () => {
    await using t = startRuntime({ mode })
    const names = ['a', 'b', 'c']
    const { bodies, steps } = inTurns(names, 5)
    for (const name of names) {
      await t.load(
        name,
        `export default { async fetch(request) {
          let count = 0
          for await (const chunk of request.body) count += chunk.length
          return new Response(String(count))
        } }`,
      )
    }
    const answers = await Promise.all(
      names.map((name) => t.fetch(name, '/', { method: 'POST', body: bodies.get(name) ?? '' })),
    )
    assert.deepEqual(
      answers.map(({ text }) => text),
      ['5', '5', '5'],
    )
    assert.equal(steps.length, 15)
    for (let round = 0; round < 5; round++) {
      assert.deepEqual(steps.slice(round * 3, round * 3 + 3).toSorted(), names, `round ${round}`)
    }
  })
}

test('a worker that awaits leaves the thread to another in between, in the order of events', async () => {
  await using t = startRuntime()
  const order: string[] = []
  const body = (name: string): ByteSource => {
    let left = 3
    return {
      async read() {
        await Promise.resolve()
        if (left === 0) return undefined
        left -= 1
        order.push(name)
        return Buffer.from('.')
      },
      cancel: () => undefined,
    }
  }
  for (const name of ['a', 'b']) {
    await t.load(
      name,
      'export default { async fetch(r) { for await (const _ of r.body); return new Response("done") } }',
    )
  }
  const answers = ['a', 'b'].map((name) => t.fetch(name, '/', { method: 'POST', body: body(name) }))
  for (const { text } of await Promise.all(answers)) assert.equal(text, 'done')
  assert.deepEqual(order, ['a', 'b', 'a', 'b', 'a', 'b'])
})
