import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

test('an observer that throws breaks no task, and is warned about', async () => {
  const fail = (): never => {
    throw new Error('no observer today')
  }
  await using started = startRuntime({
    observer: { taskEnded: fail, log: fail, instanceCreated: fail, instanceRetired: fail },
  })
  const warned = once(process, 'warning')
  await started.load('hello', `export default { fetch() { console.log('line'); return new Response('ok') } }`)
  assert.equal((await started.fetch('hello')).text, 'ok')
  assert.equal((await started.fetch('hello')).text, 'ok')
  assert.equal(started.runtime.stats().entries[0]?.running, 0)
  const [warning] = (await warned) as [Error]
  assert.match(warning.message, /observer\.\w+ threw: no observer today/)
})
