import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { OVER, refusal, type Refusal, type Router } from '../../src/host/destination.ts'
import { serveTasks } from '../../src/host/link/task-server.ts'
import { homeSlot } from '../../src/host/routing/home-slot.ts'
import { Placement } from '../../src/host/routing/placement.ts'
import type { TaskResult } from '../../src/task.ts'
import { tmpDir } from '../support/tmp-dir.ts'
import { until } from '../support/until.ts'

const KEY = 'the key of main hosts'
const AT_HOME_IN_1 = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
  .map((worker) => ({ tenant: 'default', worker }))
  .find((address) => homeSlot(address, [0, 1]) === 1)
const TASK = { type: 'fetch', request: { method: 'GET', url: 'http://app.localhost/', headers: [] } } as const

const CASES: Readonly<Record<string, { readonly refused: Refusal; readonly isRunHere: boolean }>> = {
  'knows no such worker': {
    refused: { outcome: 'notFound', code: 'WORKER_NOT_FOUND', message: 'There is none.' },
    isRunHere: true,
  },
  'has no room': { refused: { outcome: 'loadShed', code: 'QUEUE_FULL', message: 'Too many wait.' }, isRunHere: true },
  'has given its share of a quota': {
    refused: { outcome: 'quotaExceeded', code: 'QUOTA_EXCEEDED', message: 'It is used up.' },
    isRunHere: true,
  },
  'holds the worker back': {
    refused: { outcome: 'quarantined', code: 'QUARANTINED', message: 'It is held back.' },
    isRunHere: false,
  },
}

for (const [what, { isRunHere, refused }] of Object.entries(CASES)) {
  test(`a task whose home ${what} is ${isRunHere ? 'run where it arrived' : 'refused'}`, async () => {
    using folder = tmpDir()
    const router: Router = {
      find: () => ({
        requestBodyBytes: undefined,
        wallMs: undefined,
        submit: (_task, caller) => {
          caller.settled(refusal(refused))
          return OVER
        },
      }),
    }
    const server = createServer((socket) => void serveTasks(socket, { router, key: KEY, closed: () => undefined }))
    await once(server.listen(join(folder.path, '1.sock')), 'listening')
    using opened = new DisposableStack()
    opened.defer(() => void server.close())
    const sockets = [join(folder.path, '0.sock'), join(folder.path, '1.sock')]
    const placement = new Placement({
      slot: 0,
      sockets,
      key: KEY,
      startWithinMs: 30_000,
      refused: () => undefined,
      places: 10,
    })
    opened.defer(() => placement.close())
    assert.ok(AT_HOME_IN_1 !== undefined)
    const address = AT_HOME_IN_1
    const { promise, resolve } = Promise.withResolvers<TaskResult | 'again'>()
    const send = () =>
      placement.sendHome({
        address,
        task: TASK,
        acceptedMs: performance.now(),
        caller: { settled: resolve },
        again: () => {
          resolve('again')
          return OVER
        },
      })
    await until(() => send() !== undefined)
    const end = await promise
    if (isRunHere) assert.equal(end, 'again')
    else assert.equal(end === 'again' ? end : end.outcome, refused.outcome)
  })
}
