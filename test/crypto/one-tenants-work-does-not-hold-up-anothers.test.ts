import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

const CODE = `const derive = async (iterations) => {
  const password = await crypto.subtle.importKey('raw', new Uint8Array(8), 'PBKDF2', false, ['deriveBits'])
  return crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array(8), iterations }, password, 256)
}
export default { async execute({ iterations, times }) {
  await Promise.all(Array.from({ length: times }, () => derive(iterations)))
  return (await crypto.subtle.digest('SHA-256', new Uint8Array(1))).byteLength
} }`

test('twenty long calls of one tenant: those of another are done long before', async () => {
  await using t = startRuntime({ limits: { cpuMs: 2000, wallMs: 100_000 } })
  await t.load('greedy', CODE, { tenant: 'greedy' })
  await t.load('modest', CODE, { tenant: 'modest' })
  const order: string[] = []
  const run = async (worker: string, times: number): Promise<void> => {
    const input = { iterations: 200_000, times }
    const { output, error } = await t.runtime.dispatch({ tenant: worker, worker }, { type: 'execute', input })
    assert.equal(output, '32', error?.message)
    order.push(worker)
  }
  await Promise.all([run('greedy', 20), run('modest', 1)])
  assert.deepEqual(order, ['modest', 'greedy'])
})
