import assert from 'node:assert/strict'
import http from 'node:http'
import { test } from 'node:test'
import { eventually, request, runCli } from '../support/cli.ts'
import { answering, startFleet, type TestFleet } from '../support/fleet.ts'

const WORKER = { tenant: 'default', worker: 'app' }

const WAYS: Readonly<Record<string, (fleet: TestFleet) => Promise<unknown> | void>> = {
  SIGHUP: ({ serve }) => serve.signal('SIGHUP'),
  'isopod reload': ({ serve }) => runCli(['reload', '--admin-port', String(serve.adminPort)]),
}

for (const [way, reload] of Object.entries(WAYS)) {
  test(`${way} replaces every host while each request is answered`, async () => {
    await using fleet = await startFleet()
    await fleet.deploy(WORKER, answering('here'))
    const newest = Math.max(...(await fleet.admin.hosts()).map(({ id }) => id))
    const agent = new http.Agent({ keepAlive: true })
    const stop = new AbortController()
    const client = async (kept: boolean): Promise<void> => {
      while (!stop.signal.aborted) {
        const { text } = await fleet.get(WORKER, '/', kept ? { agent } : {})
        assert.equal(text, 'here')
      }
    }
    const clients = Promise.all([client(true), client(true), client(false)])
    await reload(fleet)
    const isReplaced = eventually(
      () => fleet.admin.hosts(),
      (hosts) => hosts.every(({ id }) => id > newest) && hosts.filter(({ state }) => state === 'serving').length === 2,
    )
    await Promise.race([isReplaced, clients])
    stop.abort()
    await clients
    agent.destroy()
    assert.deepEqual(await fleet.admin.incidents(), [])
    assert.equal((await request(fleet.serve.adminPort, '/readyz')).status, 200)
  })
}
