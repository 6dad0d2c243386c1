import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callApi } from '../support/admin-api.ts'
import { startServe } from '../support/cli.ts'

test('a server runs what it is sent', async () => {
  await using server = await startServe([])
  const { body, status } = await callApi(server.adminPort, 'POST /execute', { code: 'typeof fetch' })
  assert.deepEqual([status, body.output], [200, 'function'])
  const { body: hosts } = await callApi(server.adminPort, 'GET /api/hosts')
  // Its process is none of those that run workers.
  assert.ok(hosts.hosts.every(({ restarts }: { restarts: number }) => restarts === 0))
})

test('a server that is told not to takes none', async () => {
  await using server = await startServe(['--execute', 'off'])
  const { body, status } = await callApi(server.adminPort, 'POST /execute', { code: '1' })
  assert.deepEqual([status, body.error.code], [404, 'NOT_FOUND'])
  assert.match(body.error.message, /"execute" is off/)
})
