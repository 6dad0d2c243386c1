import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import { type Client, createClient } from '../../src/client/client.ts'
import { startAdmin } from '../support/admin-stage.ts'

const bundle = bundleSource('export default { fetch: () => new Response("here") }')
/** Of the letter a. */
const HASH = 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'
const KEY = { tenant: 'acme', namespace: 'cache', key: 'a/b ü' }
const APP = { tenant: 'acme', worker: 'app' }

const CALLS: { readonly [K in keyof Client]: (client: Client) => Promise<unknown> } = {
  workers: (client) => client.workers(),
  deploy: (client) => client.deploy(APP, { bundle, start: 'on-demand', id: 'one' }),
  worker: (client) => client.worker(APP),
  versions: (client) => client.versions(APP),
  version: (client) => client.version({ ...APP, version: 'one' }),
  versionSource: (client) => client.versionSource({ ...APP, version: 'one' }),
  revise: (client) => client.revise(APP, { from: 'one', mode: 'pool', start: 'on-demand', percent: 0 }),
  deployments: (client) => client.deployments(APP),
  redeploy: (client) => client.redeploy(APP, { split: [{ version: 'one', percent: 100 }] }),
  // There is no earlier one.
  rollback: (client) => client.rollback(APP).catch((error: unknown) => error),
  setSecret: (client) => client.setSecret({ ...APP, name: 'A' }, { value: 'b' }),
  secrets: (client) => client.secrets(APP),
  removeSecret: (client) => client.removeSecret({ ...APP, name: 'A' }),
  setRoutes: (client) => client.setRoutes(APP, { routes: ['example.com/*'] }),
  routes: (client) => client.routes(),
  missingAssets: (client) => client.missingAssets(APP, { hashes: [HASH] }),
  sendAsset: (client) => client.sendAsset({ tenant: 'acme', hash: HASH }, new TextEncoder().encode('a')),
  kvPut: (client) => client.kvPut(KEY, { text: 'value', metadata: { a: 1 } }),
  kvGet: (client) => client.kvGet(KEY),
  kvKeys: (client) => client.kvKeys(KEY, { prefix: 'a' }),
  kvNamespaces: (client) => client.kvNamespaces(APP),
  kvDelete: (client) => client.kvDelete(KEY),
  setSchedules: (client) => client.setSchedules(APP, { schedules: [{ cron: '0 0 1 1 *' }] }),
  schedules: (client) => client.schedules(APP),
  // No host is there to run it.
  runSchedule: (client) => client.runSchedule(APP).catch((error: unknown) => error),
  scheduleHistory: (client) => client.scheduleHistory(APP),
  execute: (client) => client.execute({ code: '1' }),
  startExecution: (client) => client.startExecution({ code: '1' }),
  compare: (client) => client.compare({ code: '1', backends: ['isolate'], times: 1 }),
  executions: (client) => client.executions(),
  execution: async (client) => client.execution(await newest(client)),
  cancelExecution: async (client) => client.cancelExecution(await newest(client)),
  executionEvents: async (client) => {
    const { id } = await newest(client)
    for await (const event of client.executionEvents({ id })) return event
    return undefined
  },
  backends: (client) => client.backends(),
  logs: (client) => client.logs({ tenant: 'acme', limit: 3 }),
  tail: async (client) => {
    for await (const line of client.tail({ worker: 'app' })) return line
    return undefined
  },
  remove: (client) => client.remove(APP),
  tenants: (client) => client.tenants(),
  changeTenant: (client) => client.changeTenant({ tenant: 'acme' }, { vouched: true }),
  quarantine: (client) => client.quarantine(),
  lift: (client) => client.lift(APP),
  incidents: (client) => client.incidents(),
  hosts: (client) => client.hosts(),
  reload: (client) => client.reload(),
  pool: (client) => client.pool(),
  measures: (client) => client.measures(),
  measuresHistory: (client) => client.measuresHistory({ minutes: 5 }),
  metrics: async (client) => ({ text: await client.metrics() }),
  whoami: (client) => client.whoami(),
  tokens: (client) => client.tokens(),
  createToken: (client) => client.createToken({ role: 'reader', label: 'dashboard' }),
  // One that is not there is refused by the route all the same.
  revokeToken: (client) => client.revokeToken({ id: 'nobodys' }).catch((error: unknown) => error),
  audit: (client) => client.audit({ limit: 5 }),
  health: (client) => client.health(),
  readiness: (client) => client.readiness(),
  openApi: (client) => client.openApi(),
}

async function newest(client: Client): Promise<{ readonly id: string }> {
  const [first = { id: 'none' }] = (await client.executions()).executions
  return first
}

test('the client has a method for every route, and each is answered', async () => {
  await using stage = await startAdmin()
  const client = createClient({ url: `http://127.0.0.1:${stage.port}/`, token: stage.secretOf({ role: 'admin' }) })
  const asked = new Set<string>()
  stage.app.server.on('request', ({ method, url = '' }: IncomingMessage) => void asked.add(`${method} ${url}`))
  for (const [name, call] of Object.entries(CALLS)) {
    assert.equal(typeof (await call(client)), 'object', name)
  }
  const patterns = stage.routes.map(({ method, url }) => {
    return {
      route: `${method} ${url}`,
      pattern: new RegExp(`^${method} ${url.replaceAll(/:\w+/g, '[^/?]+')}(?:\\?.*)?$`),
    }
  })
  for (const { pattern, route } of patterns)
    assert.ok(
      [...asked].some((one) => pattern.test(one)),
      route,
    )
})

test('errors have the code and the message of the server', async () => {
  await using stage = await startAdmin()
  const url = `http://127.0.0.1:${stage.port}`
  await assert.rejects(createClient({ url }).remove(APP), {
    name: 'IsopodError',
    code: 'WORKER_NOT_FOUND',
    message: 'There is no worker "app".',
  })
  await assert.rejects(createClient({ url, token: 'iso_wrong' }).health(), { code: 'UNAUTHORIZED' })
  const aborted = AbortSignal.abort(new Error('enough'))
  await assert.rejects(createClient({ url, signal: aborted }).health(), { message: 'enough' })
})

test('what is no server of ours is none', async () => {
  const replies = [302, 200, 500]
  const server = createServer((_request, response) => {
    response.writeHead(replies.shift() ?? 200, { location: '/' }).end('hello')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const client = createClient({ url: `http://127.0.0.1:${port}`, token: 'iso_kept-here' })
  for (let i = 0; i < 3; i++) await assert.rejects(client.health(), { code: 'NOT_RUNNING' })
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
  await assert.rejects(client.health(), { code: 'NOT_RUNNING' })
})
