import assert from 'node:assert/strict'
import type { LookupAddress } from 'node:dns'
import { test } from 'node:test'
import { NameResolver } from '../../src/ops/name-resolver.ts'
import { type NameAnswer, startNameServer } from '../support/name-server.ts'

function resolve(resolver: NameResolver, name: string): Promise<string | string[]> {
  return new Promise((settle) => {
    resolver.lookup(name, { all: true }, (error, addresses) =>
      settle(error?.code ?? (addresses as LookupAddress[]).map(({ address, family }) => `${address} ${family}`)),
    )
  })
}

const NAMES: Readonly<Record<string, NameAnswer>> = {
  'both.test': ['2606:4700::1', '192.0.2.1', '192.0.2.2'],
  'four.test': ['192.0.2.1'],
  'six.test': ['2606:4700::1'],
  'mapped.test': ['::ffff:127.0.0.1'],
  'compatible.test': ['::8.8.8.8'],
  'empty.test': [],
  'silent.test': 'silence',
}

test('addresses of both families, IPv4 first; what is missing is told from what is not known', async () => {
  await using names = await startNameServer((name) => NAMES[name])
  const resolver = new NameResolver({ timeoutMs: 200, nameServers: [names.address] })
  for (const [name, answer] of Object.entries({
    'both.test': ['192.0.2.1 4', '192.0.2.2 4', '2606:4700::1 6'],
    'BOTH.test.': ['192.0.2.1 4', '192.0.2.2 4', '2606:4700::1 6'],
    'four.test': ['192.0.2.1 4'],
    'six.test': ['2606:4700::1 6'],
    'mapped.test': ['::ffff:127.0.0.1 6'],
    'compatible.test': ['::8.8.8.8 6'],
    'empty.test': 'ENOTFOUND',
    'missing.test': 'ENOTFOUND',
    'a..test': 'ENOTFOUND',
    [`${'x'.repeat(64)}.test`]: 'ENOTFOUND',
    'silent.test': 'EAI_AGAIN',
  })) {
    assert.deepEqual(await resolve(resolver, name), answer, name)
  }
  resolver.close()
})

test('localhost and the names below it are never asked of a name server', async () => {
  await using names = await startNameServer(() => ['8.8.8.8'])
  const resolver = new NameResolver({ timeoutMs: 1000, nameServers: [names.address] })
  for (const name of ['localhost', 'localhost.', 'api.localhost', 'A.B.LOCALHOST']) {
    assert.deepEqual(await resolve(resolver, name), ['127.0.0.1 4', '::1 6'])
  }
  assert.deepEqual(names.asked, [])
})

test('a burst asks once, and the next lookup asks anew', async () => {
  let address = '192.0.2.1'
  await using names = await startNameServer(() => [address])
  const resolver = new NameResolver({ timeoutMs: 5000, nameServers: [names.address] })
  const burst = await Promise.all(Array.from({ length: 100 }, () => resolve(resolver, 'burst.test')))
  assert.deepEqual(new Set(burst.flat()), new Set(['192.0.2.1 4']))
  // One question for each family.
  assert.equal(names.asked.length, 2)
  address = '192.0.2.2'
  assert.deepEqual(await resolve(resolver, 'burst.test'), ['192.0.2.2 4'])
})

test('names beyond the bound wait for their turn, and not for longer than an answer may take', async () => {
  await using names = await startNameServer((name) => (name.startsWith('silent') ? 'silence' : ['192.0.2.1']))
  const resolver = new NameResolver({ timeoutMs: 300, nameServers: [names.address] })
  const order: string[] = []
  const ask = (name: string) => resolve(resolver, name).finally(() => order.push(name))
  const silent = Array.from({ length: 32 }, (_, i) => ask(`silent-${i}.test`))
  const waiting = ask('good.test')
  assert.deepEqual(new Set(await Promise.all(silent)), new Set(['EAI_AGAIN']))
  await waiting
  // It would have been answered at once.
  assert.notEqual(order[0], 'good.test')
  assert.deepEqual(await resolve(resolver, 'good.test'), ['192.0.2.1 4'])
  resolver.close()
})

test('one family that is not answered does not hold up the other', async () => {
  const addresses: Readonly<Record<number, string>> = { 4: '192.0.2.1', 6: '2606:4700::1' }
  for (const [answered, silent] of [
    [4, 6],
    [6, 4],
  ] as const) {
    await using names = await startNameServer((_name, family) =>
      family === silent ? 'silence' : [addresses[family] ?? ''],
    )
    const resolver = new NameResolver({ timeoutMs: 60_000, nameServers: [names.address] })
    assert.deepEqual(await resolve(resolver, 'half.test'), [`${addresses[answered]} ${answered}`])
    resolver.close()
  }
})

test('of several name servers the next is asked where one is silent', async () => {
  await using names = await startNameServer(() => ['192.0.2.1'])
  await using deaf = await startNameServer(() => 'silence')
  const resolver = new NameResolver({ timeoutMs: 60_000, nameServers: [deaf.address, names.address] })
  assert.deepEqual(await resolve(resolver, 'four.test'), ['192.0.2.1 4'])
  resolver.close()
})
