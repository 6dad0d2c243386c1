import assert from 'node:assert/strict'
import http from 'node:http'
import { test } from 'node:test'
import { eventually } from '../support/cli.ts'
import { answering, startFleet } from '../support/fleet.ts'

const WORKERS = Array.from({ length: 12 }, (_, number) => ({ tenant: 'default', worker: `rare-${number}` }))

test('while hosts are replaced, each request for a worker that is at home elsewhere is answered', async () => {
  await using fleet = await startFleet([], { hosts: 2 })
  for (const worker of WORKERS) await fleet.deploy(worker, answering(worker.worker))
  const newest = Math.max(...(await fleet.admin.hosts()).map(({ id }) => id))
  const agent = new http.Agent({ keepAlive: true })
  const stop = new AbortController()
  const client = async (kept: boolean): Promise<void> => {
    for (let turn = 0; !stop.signal.aborted; turn++) {
      const worker = WORKERS[turn % WORKERS.length] ?? { tenant: '', worker: '' }
      const { text } = await fleet.get(worker, '/', kept ? { agent } : {})
      assert.equal(text, worker.worker)
    }
  }
  const clients = Promise.all([client(true), client(true), client(false), client(false)])
  fleet.serve.signal('SIGHUP')
  const isReplaced = eventually(
    () => fleet.admin.hosts(),
    (hosts) => hosts.every(({ id }) => id > newest) && hosts.filter(({ state }) => state === 'serving').length === 3,
  )
  await Promise.race([isReplaced, clients])
  stop.abort()
  await clients
  agent.destroy()
  assert.deepEqual(await fleet.admin.incidents(), [])
})
