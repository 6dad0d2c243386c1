import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { startNameServer } from '../support/name-server.ts'
import { startOrigin } from '../support/origin.ts'
import { startRuntime, type TestRuntime } from '../support/runtime.ts'
import type { NetworkPolicy } from '../../src/version.ts'

const PROBE = 'export default (url) => fetch(url).then((r) => r.text(), (error) => error.name + ": " + error.message)'
const LOCAL = { allow: ['127.0.0.1/32'] }

async function load(t: TestRuntime, tenant: string, network?: NetworkPolicy): Promise<void> {
  await t.load('probe', PROBE, { tenant, ...(network === undefined ? {} : { network }) })
}

async function probe(t: TestRuntime, tenant: string, url: string): Promise<unknown> {
  const { output = 'null' } = await t.runtime.dispatch({ tenant, worker: 'probe' }, { type: 'execute', input: url })
  return JSON.parse(output)
}

const LOOPBACK_REFUSED = 'Error: Workers may not connect to 127.0.0.1: it is a loopback address.'

test('one tenant may reach a private origin and another may not, even while the connection of the first is open', async () => {
  await using origin = await startOrigin((_request, response) => response.end('inside'))
  for (const mode of ['persistent', 'pool', 'shared', 'worker'] as const) {
    await using t = startRuntime({ mode })
    await load(t, 'trusted', LOCAL)
    await load(t, 'other')
    assert.equal(await probe(t, 'trusted', origin.url), 'inside')
    // The pool offers a connection again one turn of the event loop after its response.
    await setImmediate()
    const connections = origin.connections()
    assert.equal(origin.sockets.size, 1)
    assert.equal(await probe(t, 'other', origin.url), LOOPBACK_REFUSED)
    assert.equal(await probe(t, 'trusted', origin.url), 'inside')
    assert.equal(origin.connections(), connections)
    await t.runtime.close()
    await origin.allClosed()
  }
})

test('a new version has its own policy from its first task on', async () => {
  await using origin = await startOrigin((_request, response) => response.end('inside'))
  await using t = startRuntime()
  await load(t, 'acme', LOCAL)
  assert.equal(await probe(t, 'acme', origin.url), 'inside')
  await load(t, 'acme')
  assert.equal(await probe(t, 'acme', origin.url), LOOPBACK_REFUSED)
  assert.equal(origin.connections(), 1)
})

test('tenants with the same policy share no connection', async () => {
  await using origin = await startOrigin((_request, response) => response.end('inside'))
  await using t = startRuntime({ network: LOCAL })
  await load(t, 'one')
  await load(t, 'two')
  for (const tenant of ['one', 'two', 'one', 'two']) {
    assert.equal(await probe(t, tenant, origin.url), 'inside')
    // Each finds its own connection again, and only that one.
    await setImmediate()
  }
  assert.equal(origin.connections(), 2)
})

test("the operator's denial wins over a tenant's grant", async () => {
  await using origin = await startOrigin((_request, response) => response.end('inside'))
  await using t = startRuntime({ network: { deny: ['127.0.0.0/8'] } })
  await load(t, 'acme', LOCAL)
  assert.equal(
    await probe(t, 'acme', origin.url),
    'Error: Workers may not connect to 127.0.0.1: it is an address the operator denies.',
  )
  assert.equal(origin.connections(), 0)
})

test('a host that may not be reached is not even resolved, so that nothing leaks by its name', async () => {
  await using names = await startNameServer(() => ['127.0.0.1'])
  await using origin = await startOrigin((_request, response) => response.end('inside'))
  await using t = startRuntime({
    network: { ...LOCAL, deny: ['*.denied.test'], hosts: ['*.test'], nameServers: [names.address] },
  })
  await load(t, 'acme', { hosts: ['api.test', 'www.denied.test'] })
  await load(t, 'offline', { deny: ['*'] })
  const at = (host: string): string => `http://${host}:${origin.port}/`
  const refusal = (host: string, why: string): string => `Error: Workers may not connect to ${host}: it is ${why}.`

  for (const [tenant, host, why] of [
    ['acme', 'secret.evil.example', 'not a host the operator allows'],
    ['acme', 'secret.test', "not a host the worker's network policy allows"],
    ['acme', 'www.denied.test', 'a host the operator denies'],
    ['acme', '127.0.0.1', 'not a host the operator allows'],
    ['offline', 'api.test', "a host the worker's network policy denies"],
  ] as const) {
    assert.equal(await probe(t, tenant, at(host)), refusal(host, why))
  }
  assert.deepEqual(names.asked, [])
  assert.equal(await probe(t, 'acme', at('api.test')), 'inside')
  assert.deepEqual(new Set(names.asked), new Set(['api.test']))
})

test('every hop of a redirect is judged by its own name and address', async () => {
  await using names = await startNameServer((name) => [name === 'inner.test' ? '127.0.0.2' : '127.0.0.1'])
  let location = ''
  await using origin = await startOrigin((request, response) => {
    if (request.url === '/go') response.writeHead(302, { location }).end()
    else response.end('arrived')
  }, '0.0.0.0')
  await using t = startRuntime({ network: { ...LOCAL, nameServers: [names.address] } })
  await load(t, 'acme', { deny: ['*.denied.test'] })
  for (const [host, answer] of [
    ['other.test', 'arrived'],
    [
      'www.denied.test',
      "Error: Workers may not connect to www.denied.test: it is a host the worker's network policy denies.",
    ],
    ['inner.test', 'Error: Workers may not connect to inner.test: it resolves to a loopback address.'],
    ['127.0.0.2', 'Error: Workers may not connect to 127.0.0.2: it is a loopback address.'],
  ] as const) {
    location = `http://${host}:${origin.port}/`
    assert.equal(await probe(t, 'acme', `http://start.test:${origin.port}/go`), answer)
  }
})
