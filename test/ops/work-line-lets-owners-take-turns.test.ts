import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WorkLine } from '../../src/ops/compression/work-line.ts'

test('who has many jobs delays another by one', async () => {
  const line = new WorkLine(1)
  const [greedy, modest] = [{}, {}]
  const order: string[] = []
  const job = (name: string) => async (): Promise<void> => {
    order.push(name)
  }
  const jobs = ['a1', 'a2', 'a3', 'a4'].map((name) => line.run(greedy, job(name)))
  jobs.push(line.run(modest, job('b1')), line.run(modest, job('b2')))
  await Promise.all(jobs)
  assert.deepEqual(order, ['a1', 'a2', 'b1', 'a3', 'b2', 'a4'])
})

test('so many at once, and only one of each', async () => {
  const line = new WorkLine(2)
  let most = 0
  let working = 0
  const job = async (): Promise<void> => {
    working += 1
    most = Math.max(most, working)
    await new Promise((resolve) => setImmediate(resolve))
    working -= 1
  }
  const owners = [{}, {}, {}]
  await Promise.all(owners.flatMap((owner) => [line.run(owner, job), line.run(owner, job)]))
  assert.equal(most, 2)
  const same = {}
  most = 0
  await Promise.all([line.run(same, job), line.run(same, job)])
  assert.equal(most, 1)
})

test('a job that fails is its own affair', async () => {
  const line = new WorkLine(1)
  const owner = {}
  const failing = line.run(owner, () => Promise.reject(new Error('failed')))
  const next = line.run(owner, async () => 'next')
  await assert.rejects(failing, /failed/)
  assert.equal(await next, 'next')
})
