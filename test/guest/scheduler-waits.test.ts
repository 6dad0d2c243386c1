import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

async function run(code: string): Promise<unknown> {
  await using t = startRuntime()
  await t.load('w', `export default { async execute() { ${code} } }`)
  const { output, error } = await t.runtime.dispatch('w', { type: 'execute' })
  assert.equal(error, undefined, error?.message)
  return JSON.parse(output ?? 'null')
}

test('wait resolves when its time has come', async () => {
  assert.equal(await run('const start = Date.now(); await scheduler.wait(20); return Date.now() - start >= 19'), true)
})

test('wait can be aborted, and then holds nothing', async () => {
  const seen = await run(`
    const controller = new AbortController()
    const waiting = scheduler.wait(3_600_000, { signal: controller.signal }).catch((error) => error)
    controller.abort('enough')
    return [await waiting, await scheduler.wait(1, { signal: controller.signal }).catch((error) => error),
      await scheduler.wait(1, { signal: 5 }).catch((error) => error.name), await scheduler.wait().catch((error) => error.name),
      String(scheduler), scheduler.wait.length]`)
  assert.deepEqual(seen, ['enough', 'enough', 'TypeError', 'TypeError', '[object Scheduler]', 1])
})

test('yield gives way to promises, and comes back', async () => {
  const seen = await run(`
    const order = []
    Promise.resolve().then(() => order.push('promise'))
    await scheduler.yield()
    order.push('after')
    return order`)
  assert.deepEqual(seen, ['promise', 'after'])
})
