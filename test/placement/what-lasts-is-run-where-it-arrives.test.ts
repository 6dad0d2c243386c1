import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startFleet, type TestFleet } from '../support/fleet.ts'
import { hostsOf } from '../support/hosts-of.ts'
import { connectTo, ECHO } from '../support/websocket.ts'

const CONNECTIONS = 16
const TURNS = 3
const LARGE = 'large'.repeat(200_000)

interface Case {
  readonly source: string
  once(fleet: TestFleet, worker: string): Promise<void>
}

const CASES: Readonly<Record<string, Case>> = {
  'a WebSocket': {
    source: ECHO,
    async once({ serve }, worker) {
      const client = await connectTo(serve.port, `${worker}.localhost:${serve.port}`)
      client.ws.send('hello')
      assert.equal(await client.next(), 'hello')
      client.ws.close(1000)
      await client.closed
    },
  },
  'a large body': {
    source: 'export default { fetch: async (request) => new Response(String((await request.text()).length)) }',
    async once(fleet, worker) {
      const { text } = await fleet.get({ tenant: 'default', worker }, '/', { method: 'POST', body: LARGE })
      assert.equal(text, String(LARGE.length))
    },
  },
}

for (const [what, { once, source }] of Object.entries(CASES)) {
  test(`${what} is not sent to the home of its worker`, async () => {
    await using fleet = await startFleet([], { hosts: 2 })
    await fleet.deploy({ tenant: 'default', worker: 'app' }, source)
    assert.equal((await hostsOf(fleet, 'app')).length, 1)
    // Far fewer than would have it loaded everywhere for being busy.
    for (let turn = 0; turn < TURNS; turn++) {
      await Promise.all(Array.from({ length: CONNECTIONS }, () => once(fleet, 'app')))
    }
    assert.equal((await hostsOf(fleet, 'app')).length, 2)
  })
}
