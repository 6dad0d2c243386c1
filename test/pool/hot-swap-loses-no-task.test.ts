import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { inEveryMode } from '../support/modes.ts'
import { startRuntime } from '../support/runtime.ts'
import { until } from '../support/until.ts'

const version = (number: number): string => `
  await null
  export default { async fetch() {
    if (Math.random() < 0.5) await new Promise((resolve) => setTimeout(resolve, Math.random() * 4))
    return new Response('${number}')
  } }`

test('1,000 tasks with 50 swaps meanwhile are all answered, and never by an older version than one before', async () => {
  await using t = startRuntime()
  await t.load('swapped', version(0))
  let swaps = 0
  const swapping = (async () => {
    for (let number = 1; number <= 50; number++) {
      await t.load('swapped', version(number))
      swaps = number
      await setImmediate()
    }
  })()
  const tasks: Promise<void>[] = []
  const submit = async (): Promise<void> => {
    const atLeast = swaps
    const { outcome, text } = await t.fetch('swapped')
    assert.equal(outcome, 'ok')
    assert.ok(Number(text) >= atLeast, `version ${text} answered after ${atLeast} was ready`)
  }
  while (tasks.length < 1000) {
    for (let i = 0; i < 10; i++) tasks.push(submit())
    await setImmediate()
  }
  await Promise.all([...tasks, swapping])
  assert.equal(t.records.length, 1000)
  await until(() => t.runtime.stats().cached === 1)
})

inEveryMode(
  'tasks that run or wait while their version is replaced finish, and nothing of it is left',
  async ({ load, fetch, runtime }, mode) => {
    await load('swapped', version(0))
    const answers: Promise<unknown>[] = []
    for (let number = 1; number <= 6; number++) {
      for (let i = 0; i < 8; i++) {
        answers.push(
          fetch('swapped').then(({ outcome, text, error }) => {
            assert.equal(outcome, 'ok', error?.message)
            return text
          }),
        )
      }
      await load('swapped', version(number))
    }
    await Promise.all(answers)
    assert.equal((await fetch('swapped')).text, '6')
    const versions = (): string[] => runtime.stats().entries.map((entry) => entry.version)
    if (mode.options.mode !== 'shared') await until(() => new Set(versions()).size <= 1)
    await until(() => runtime.stats().cached <= 1)
  },
)

inEveryMode('a version that does not load changes nothing', async ({ load, fetch }) => {
  await load('steady', 'export default { fetch: () => new Response("old") }')
  await assert.rejects(load('steady', 'throw new Error("broken")'), { code: 'LOAD_FAILED', message: /broken/ })
  assert.equal((await fetch('steady')).text, 'old')
  await load('steady', 'export default { fetch: () => new Response("new") }')
  assert.equal((await fetch('steady')).text, 'new')
})
