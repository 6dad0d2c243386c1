import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Runtime } from '../../src/host/runtime.ts'
import { IsopodError } from '../../src/errors.ts'
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import { startRuntime } from '../support/runtime.ts'

const FINE = 'export default { fetch: () => new Response("fine"), execute: (input) => input ?? null }'
const BUNDLE = bundleSource(FINE)

/** What JavaScript without types may hand over. */
function untyped<T>(value: unknown): T {
  return value as T
}

function withCode(code: string): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof IsopodError, String(error))
    assert.equal(error.code, code)
    return true
  }
}

for (const [what, id] of Object.entries({
  'a number': 5,
  null: null,
  undefined,
  'an array': ['w'],
  'an object without a worker': {},
  'an empty string': '',
  'a path': 'a/b',
  'a path upwards': '../w',
  'with a dot': 'a.b',
  'with a space': 'a b',
  'with a line break': 'a\nb',
  'very long': 'x'.repeat(64),
  'with a tenant of a wrong kind': { tenant: 5, worker: 'w' },
  'with an empty tenant': { tenant: '', worker: 'w' },
})) {
  test(`a worker id that is ${what}`, async () => {
    await using t = startRuntime()
    await t.load('w', FINE)
    await assert.rejects(t.runtime.dispatch(untyped(id), { type: 'execute' }), withCode('INVALID_WORKER_ID'))
    assert.throws(() => t.runtime.remove(untyped(id)), withCode('INVALID_WORKER_ID'))
    const parts = typeof id === 'object' && id !== null && !Array.isArray(id) ? id : { worker: id }
    await assert.rejects(t.runtime.load(untyped({ bundle: BUNDLE, ...parts })), withCode('INVALID_WORKER_ID'))
    assert.equal((await t.fetch('w')).text, 'fine')
  })
}

for (const [what, bundle] of Object.entries({
  'is missing': undefined,
  'is null': null,
  'has no script': { parts: {} },
  'has a script of another form': { script: 'export default {}', parts: {} },
  'has a script that does not parse': { script: '__isopod__(function ( { ', parts: {} },
  'has no parts': { script: BUNDLE.script },
  'has a part that is nothing': { ...BUNDLE, parts: { a: null } },
  'has a part of an unknown type': { ...BUNDLE, parts: { a: { type: 'other', bytes: new Uint8Array(1) } } },
  'has a text part without text': { ...BUNDLE, parts: { a: { type: 'text' } } },
  'has a data part that is text': { ...BUNDLE, parts: { a: { type: 'data', bytes: 'x' } } },
  'has a source map that is no text': { ...BUNDLE, sourceMap: {} },
})) {
  test(`a bundle that ${what}`, async () => {
    await using t = startRuntime()
    await t.load('w', FINE)
    const code = what.includes('parse') ? 'LOAD_FAILED' : 'INVALID_BUNDLE'
    await assert.rejects(t.runtime.load(untyped({ worker: 'w', bundle })), withCode(code))
    assert.equal((await t.fetch('w')).text, 'fine')
    assert.equal(t.runtime.stats().cached, 1)
  })
}

const circular: Record<string, unknown> = {}
circular['self'] = circular

for (const [what, settings] of Object.entries({
  'an unknown mode': { mode: 'other' },
  'an unknown limit': { limits: { cpu: 5 } },
  'a limit every object has': { limits: { toString: 5 } },
  'a limit that is text': { limits: { cpuMs: '5' } },
  'a limit that is no number': { limits: { cpuMs: Number.NaN } },
  'a limit below its range': { limits: { heapMb: 1 } },
  'limits that are null': { limits: null },
  'limits that are a number': { limits: 5 },
  'more warm instances than may be': { minWarm: 33 },
  'less than no warm instances': { minWarm: -1 },
  'half a warm instance': { minWarm: 0.5 },
  'warm instances as text': { minWarm: '1' },
  'warm instances that are null': { minWarm: null },
  'an empty id': { id: '' },
  'an id of a wrong kind': { id: 5 },
  'an env that is circular': { env: circular },
  'an env with a bigint': { env: { a: 1n } },
  'an env that is a text': { env: 'x' },
  'an env that is null': { env: null },
  'a network policy that is null': { network: null },
  'a network policy that is a list': { network: ['10.0.0.1'] },
  'a network policy with an unknown list': { network: { alow: [] } },
  'a network policy with a text for a list': { network: { allow: '10.0.0.0/8' } },
  'a network policy with a number in a list': { network: { deny: [1] } },
  'a network policy without end': { network: { hosts: Array(1001).fill('a.example') } },
  'a network policy that allows a name': { network: { allow: ['intranet.example'] } },
  'a network policy that denies what is no range': { network: { deny: ['10.0.0.0/33'] } },
  'a network policy with a URL for a host': { network: { hosts: ['http://a.example'] } },
  'name servers, which are the operator’s': { network: { nameServers: ['127.0.0.1'] } },
})) {
  test(`a version with ${what}`, async () => {
    await using t = startRuntime()
    await t.load('w', FINE)
    await assert.rejects(
      t.runtime.load(untyped({ worker: 'w', bundle: BUNDLE, ...settings })),
      withCode('INVALID_OPTION'),
    )
    assert.equal((await t.fetch('w')).text, 'fine')
  })
}

for (const [what, options] of Object.entries({
  'an unknown name': { poolsize: 5 },
  'a size of 0': { poolSize: 0 },
  'a size that is text': { poolSize: '5' },
  'no replica at all': { persistentReplicas: 0 },
  'no instance for a tenant': { tenantInstances: 0 },
  'no error before an instance goes': { maxErrors: 0 },
  'an age that no timer has': { maxAgeMs: 2 ** 31 },
  'an unknown mode': { mode: 'other' },
  'an executor that does not fit': { executor: 'threads' },
  'an unknown limit': { limits: { cpu: 1 } },
  'limits that are a number': { limits: 5 },
  'an observer that is nothing': { observer: null },
  'a network that is text': { network: 'all' },
  'a network with an unknown list': { network: { denied: [] } },
  'a network that allows a name': { network: { allow: ['a.example'] } },
  'a network with a host that is none': { network: { hosts: ['a b'] } },
  'a name server by name': { network: { nameServers: ['dns.example'] } },
  'a name server that is a number': { network: { nameServers: [53] } },
  'no name servers': { network: { nameServers: [] } },
})) {
  test(`options with ${what}`, () => {
    assert.throws(() => new Runtime(untyped(options)), withCode('INVALID_OPTION'))
  })
}

const REQUEST = { method: 'GET', url: 'http://w.localhost/', headers: [] }
const requestWith = (change: object): object => ({ type: 'fetch', request: { ...REQUEST, ...change } })

for (const [what, task] of Object.entries({
  'is missing': undefined,
  'has an unknown type': { type: 'other' },
  'has no request': { type: 'fetch' },
  'has no method': requestWith({ method: undefined }),
  'has a method with a line break': requestWith({ method: 'GET\n' }),
  'has a relative URL': requestWith({ url: '/x' }),
  'has a URL of another scheme': requestWith({ url: 'file:///etc/passwd' }),
  'has a URL that does not parse': requestWith({ url: 'http://a b/' }),
  'has no headers': requestWith({ headers: undefined }),
  'has headers as an object': requestWith({ headers: { a: 'b' } }),
  'has a header that is no pair': requestWith({ headers: [['a']] }),
  'has a header whose value is a number': requestWith({ headers: [['a', 5]] }),
  'has a header name with a space': requestWith({ headers: [['a b', 'c']] }),
  'has a header value with a line break': requestWith({ headers: [['a', 'b\nevil\n1']] }),
  'has a body that is a number': requestWith({ body: 5 }),
  'has a body that is an object': requestWith({ body: {} }),
  'has a body that is null': requestWith({ body: null }),
  'has no time': { type: 'scheduled', cron: '* * * * *' },
  'has an input that is circular': { type: 'execute', input: circular },
  'has an input that is a bigint': { type: 'execute', input: 1n },
  'has an input that is a function': { type: 'execute', input: () => 1 },
})) {
  test(`a task that ${what}`, async () => {
    await using t = startRuntime()
    await t.load('w', FINE)
    await assert.rejects(t.runtime.dispatch('w', untyped(task)), withCode('INVALID_TASK'))
    assert.equal((await t.fetch('w')).text, 'fine')
    assert.equal(t.runtime.stats().entries[0]?.running, 0)
  })
}

test('a worker that is not there', async () => {
  await using t = startRuntime()
  const { outcome, error } = await t.fetch('w')
  assert.deepEqual([outcome, error?.code, error?.message], ['notFound', 'WORKER_NOT_FOUND', 'There is no worker "w".'])
  const other = await t.runtime.dispatch({ tenant: 'acme', worker: 'w' }, { type: 'execute' })
  assert.equal(other.error?.message, 'There is no worker "w" of the tenant "acme".')
})

test('a task, or a version, after close', async () => {
  const t = startRuntime()
  await t.load('w', FINE)
  await t.runtime.close()
  const { outcome, error } = await t.fetch('w')
  assert.deepEqual([outcome, error?.code], ['loadShed', 'RUNTIME_CLOSED'])
  await assert.rejects(t.load('w', FINE), withCode('RUNTIME_CLOSED'))
  await t.runtime.close()
})

test('a task under way at close', async () => {
  const t = startRuntime()
  await t.load('w', 'export default { fetch: () => new Promise(() => {}) }')
  const running = t.fetch('w')
  await t.runtime.close()
  const { outcome } = await running
  assert.equal(outcome, 'recycled')
})
