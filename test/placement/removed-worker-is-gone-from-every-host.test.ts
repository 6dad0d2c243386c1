import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callApi } from '../support/admin-api.ts'
import { answering, startFleet } from '../support/fleet.ts'

const WORKERS = ['first', 'second', 'third', 'fourth']
const CONNECTIONS = 12

test('a worker that was removed answers 404, wherever its requests arrive', async () => {
  await using fleet = await startFleet([], { hosts: 2 })
  for (const worker of WORKERS) {
    const address = { tenant: 'default', worker }
    await fleet.deploy(address, answering('here'))
    const ask = (): Promise<number>[] =>
      Array.from({ length: CONNECTIONS }, async () => (await fleet.get(address)).status)
    for (const status of await Promise.all(ask())) assert.equal(status, 200)
    const { status: removed } = await callApi(fleet.serve.adminPort, `DELETE /api/workers/default/${worker}`)
    assert.equal(removed, 200)
    for (const status of await Promise.all(ask())) assert.equal(status, 404)
  }
})
