// A host may have been taken over. With its own token it reaches what versions of its own tier bind, and nothing else;
// whatever it says on the way, the next one is served.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import { Control } from '../../src/control/control.ts'
import { createMemoryStore } from '../../src/control/memory-store.ts'
import { KvClient } from '../../src/host/kv/kv-client.ts'
import { type KvEntry, type KvScope, PART_BYTES } from '../../src/host/kv/kv-store.ts'
import { MemoryKvStore } from '../../src/host/kv/memory-kv-store.ts'
import { encodeFrame } from '../../src/wire/frames.ts'
import { tmpDir } from '../support/tmp-dir.ts'

interface Opened extends AsyncDisposable {
  /** Numbers of the versions. */
  readonly trusted: number
  readonly stranger: number
  client(token: string): KvClient
  connect(): Socket
}

async function open(): Promise<Opened> {
  const stack = new DisposableStack()
  const dir = stack.use(tmpDir())
  const path = join(dir.path, 'kv.sock')
  const [server, kvServer] = [createServer(), createServer()]
  const store = createMemoryStore()
  const kv = { server: kvServer, store: new MemoryKvStore() }
  const trust = { vouchedTenants: ['trusted'], cleanTasks: 1000, probationMs: 1000 }
  const control = stack.use(new Control({ store, server, trust, kv }))
  await once(server.listen(join(dir.path, 'control.sock')), 'listening')
  await once(kvServer.listen(path), 'listening')
  control.admit({ token: 'main', host: 1, tier: 'main' })
  control.admit({ token: 'probation', host: 2, tier: 'probation' })
  const bundle = bundleSource('export default () => 1')
  const deploy = async (tenant: string): Promise<number> => {
    const bindings = { KV: { type: 'kv', namespace: 'main' } } as const
    return (await control.deploy({ tenant, worker: 'app', bundle, bindings }, { start: 'on-demand' })).number
  }
  const [trusted, stranger] = [await deploy('trusted'), await deploy('stranger')]
  await kv.store.put({ tenant: 'trusted', namespace: 'main' }, { key: 'key', parts: [Buffer.from('secret')] })
  return {
    trusted,
    stranger,
    connect: () =>
      stack.adopt(
        connect(path).on('error', () => undefined),
        (socket) => socket.destroy(),
      ),
    client: (token) => stack.use(new KvClient(path, token)),
    async [Symbol.asyncDispose]() {
      stack.dispose()
      for (const listener of [server, kvServer]) listener.close()
    },
  }
}

function textOf(entry: KvEntry | undefined): string {
  return Buffer.from(entry?.value ?? []).toString()
}

const REFUSED = { code: 'VERSION_UNAVAILABLE' }

test('tiers, namespaces and versions are what control knows of them', async () => {
  await using t = await open()
  const main = t.client('main')
  const probation = t.client('probation')
  // Whatever tenant the host says it is for.
  const scope = (version: number, namespace = 'main'): KvScope => ({ tenant: 'trusted', namespace, version })
  assert.equal(textOf(await main.get(scope(t.trusted), 'key')), 'secret')
  await assert.rejects(probation.get(scope(t.trusted), 'key'), REFUSED)
  await assert.rejects(probation.put(scope(t.trusted), { key: 'key', parts: [] }), REFUSED)
  await assert.rejects(main.get(scope(t.trusted, 'other'), 'key'), REFUSED)
  await assert.rejects(main.get(scope(t.stranger), 'key'), REFUSED)
  await assert.rejects(main.list(scope(99), { prefix: '', limit: 1 }), REFUSED)
  assert.equal(await probation.get(scope(t.stranger), 'key'), undefined)
  await probation.put(scope(t.stranger), { key: 'key', parts: [Buffer.from('theirs')] })
  assert.equal(textOf(await main.get(scope(t.trusted), 'key')), 'secret')
})

test('what a host sends is checked', async () => {
  await using t = await open()
  const client = t.client('main')
  const scope = { tenant: 'trusted', namespace: 'main', version: t.trusted }
  const invalid = { code: 'INVALID_OPTION' }
  await assert.rejects(client.get(scope, ''), invalid)
  await assert.rejects(client.get(scope, 'x'.repeat(513)), invalid)
  await assert.rejects(client.put(scope, { key: 'a', parts: [], metadata: 'no json' }), invalid)
  await assert.rejects(client.put(scope, { key: 'a', parts: [], expires: 1.5 }), invalid)
  const tooMany = Array.from({ length: 101 }, () => new Uint8Array(PART_BYTES))
  await assert.rejects(client.put(scope, { key: 'a', parts: tooMany }), invalid)
  await assert.rejects(client.list(scope, { prefix: '', limit: 5000 }), invalid)
})

const HELLO = { type: 'hello', token: 'main' }
const ASKED = { ask: 1, number: 1, namespace: 'main' }
const GARBAGE: Readonly<Record<string, readonly unknown[]>> = {
  'no object': [HELLO, null],
  'a token nobody gave': [
    { type: 'hello', token: 'stolen' },
    { ...ASKED, type: 'get', key: 'key' },
  ],
  'a token that is none': [{ type: 'hello', token: { toString: 1 } }],
  'no token': [{ ...ASKED, type: 'get', key: 'key' }],
  'an unknown question': [HELLO, { ...ASKED, type: 'constructor' }],
  'a number that is none': [HELLO, { ...ASKED, ask: {}, type: 'get', key: 'key' }],
  'parts of nothing': [HELLO, { type: 'chunk', ask: 5 }, { type: 'cancel', ask: {} }],
  'a value of another size': [HELLO, { ...ASKED, type: 'put', key: 'key', size: 5 }],
  'a value that never comes': [
    HELLO,
    { ...ASKED, type: 'put', key: 'key', size: 26_000_000 },
    { type: 'chunk', ask: 1 },
  ],
  'one question twice': [
    HELLO,
    { ...ASKED, type: 'put', key: 'key', size: 26_000_000 },
    { ...ASKED, type: 'put', key: 'key', size: 26_000_000 },
  ],
  'too many questions': [
    HELLO,
    ...Array.from({ length: 2000 }, (_, ask) => ({ ...ASKED, ask, type: 'put', key: 'key', size: 26_000_000 })),
  ],
}

for (const [what, messages] of Object.entries(GARBAGE)) {
  test(`${what}: the next host is served all the same`, async () => {
    await using t = await open()
    const hostile = t.connect()
    for (const message of messages) for (const part of encodeFrame(message as object)) hostile.write(part)
    const scope = { tenant: 'trusted', namespace: 'main', version: t.trusted }
    assert.equal(textOf(await t.client('main').get(scope, 'key')), 'secret')
  })
}
