import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime, type TestRuntime } from '../support/runtime.ts'

const HELPERS = `const subtle = crypto.subtle
const make = (extractable = false, usages = ['sign']) => subtle.importKey('raw', new Uint8Array(16).fill(7), { name: 'HMAC', hash: 'SHA-256' }, extractable, usages)
const outcome = async (work) => { try { await work(); return 'done' } catch (error) { return error.name } }`

async function run(t: TestRuntime, body: string): Promise<unknown> {
  await t.load('w', `${HELPERS}\nexport default { async execute() { ${body} } }`, { limits: { cpuMs: 2000 } })
  const { outcome, output, error } = await t.runtime.dispatch('w', { type: 'execute' })
  assert.equal(outcome, 'ok', error?.message)
  return JSON.parse(output ?? 'null')
}

test('nothing but a CryptoKey is taken for one', async () => {
  await using t = startRuntime()
  const results = await run(
    t,
    `const key = await make()
    const attempts = {
      prototype: Object.create(CryptoKey.prototype),
      copy: Object.defineProperties({}, Object.getOwnPropertyDescriptors(key)),
      child: Object.create(key),
      proxy: new Proxy(key, {}),
      number: 1,
      text: '1',
      likeness: { type: 'secret', extractable: true, algorithm: { name: 'HMAC' }, usages: ['sign'], handle: 1 },
      nothing: null,
      prototypeItself: CryptoKey.prototype,
    }
    const results = {}
    for (const [name, attempt] of Object.entries(attempts)) {
      results[name] = [
        await outcome(() => subtle.sign('HMAC', attempt, new Uint8Array(1))),
        await outcome(() => subtle.exportKey('raw', attempt)),
        await outcome(() => subtle.deriveBits({ name: 'ECDH', public: attempt }, key, 8)),
      ].join()
    }
    results.constructed = await outcome(() => new CryptoKey())
    results.constructedWithArguments = await outcome(() => new CryptoKey({ __proto__: null }, { handle: 1 }))
    results.extended = await outcome(() => new (class extends CryptoKey {})())
    results.reflected = await outcome(() => Reflect.construct(CryptoKey, [], Object))
    results.clonedPrototype = await outcome(() => subtle.sign('HMAC', structuredClone(attempts.prototype), new Uint8Array(1)))
    results.original = await outcome(() => subtle.sign('HMAC', key, new Uint8Array(1)))
    return results`,
  )
  const { original, ...others } = results as Record<string, string>
  assert.equal(original, 'done')
  for (const [name, result] of Object.entries(others)) assert.match(result, /^TypeError(,TypeError,TypeError)?$/, name)
})

test('what a key says of itself can be changed, and what it may do cannot', async () => {
  await using t = startRuntime()
  const results = await run(
    t,
    `const key = await make()
    key.usages.push('verify')
    key.algorithm.name = 'AES-GCM'
    key.algorithm.hash.name = 'SHA-1'
    for (const [name, value] of [['extractable', true], ['type', 'public'], ['usages', ['verify']]]) {
      Object.defineProperty(key, name, { value })
      Object.defineProperty(CryptoKey.prototype, name, { get: () => value })
    }
    return [
      await outcome(() => subtle.exportKey('raw', key)),
      await outcome(() => subtle.exportKey('jwk', key)),
      await outcome(() => subtle.verify('HMAC', key, new Uint8Array(32), new Uint8Array(1))),
      await outcome(() => subtle.sign('HMAC', key, new Uint8Array(1))),
      (await subtle.sign('HMAC', key, new Uint8Array(1))).byteLength,
      await outcome(async () => subtle.exportKey('raw', structuredClone(key))),
    ]`,
  )
  assert.deepEqual(results, [
    'InvalidAccessError',
    'InvalidAccessError',
    'InvalidAccessError',
    'done',
    32,
    'InvalidAccessError',
  ])
})

test('a key that cannot be exported cannot be wrapped, derived or cloned out of that', async () => {
  await using t = startRuntime()
  const results = await run(
    t,
    `const wrapping = await subtle.generateKey({ name: 'AES-KW', length: 256 }, true, ['wrapKey', 'unwrapKey'])
    const pair = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
    return [
      await outcome(async () => subtle.wrapKey('raw', await make(), wrapping, 'AES-KW')),
      await outcome(async () => subtle.wrapKey('raw', await make(true), wrapping, 'AES-KW')),
      await outcome(() => subtle.exportKey('pkcs8', pair.privateKey)),
      await outcome(() => subtle.exportKey('jwk', structuredClone({ pair }).pair.privateKey)),
      await outcome(() => subtle.exportKey('spki', structuredClone({ pair }).pair.publicKey)),
    ]`,
  )
  assert.deepEqual(results, ['InvalidAccessError', 'done', 'InvalidAccessError', 'InvalidAccessError', 'done'])
})

test('no hook of the language sees a handle, or changes what is sent', async () => {
  await using t = startRuntime()
  const results = await run(
    t,
    `const seen = { __proto__: null, count: 0, what: '' }
    const note = (value) => {
      seen.count++
      if (typeof value === 'object' && value !== null) for (const name in value) seen.what += name + ','
    }
    const key = await make()
    const password = await subtle.importKey('raw', new Uint8Array(8), 'PBKDF2', false, ['deriveBits'])
    const sizes = { __proto__: null }
    for (const proto of [Object.prototype, Array.prototype, String.prototype, Number.prototype]) {
      Object.defineProperty(proto, 'toJSON', { __proto__: null, configurable: true, value() { note(this); return 1 } })
    }
    for (const name of ['handle', 'key', 'bytes', 'members', 'algorithm', 'slots', 'text', 'data', 'parameters', 'formerly', 'or']) {
      Object.defineProperty(Object.prototype, name, { __proto__: null, configurable: true, get() { note(this) }, set(value) { note(value) } })
    }
    for (let i = 0; i < 8; i++) {
      Object.defineProperty(Array.prototype, i, { __proto__: null, configurable: true, get() { note(this) }, set(value) { note(value) } })
    }
    sizes.signed = (await subtle.sign({ name: 'HMAC' }, key, new Uint8Array(1))).byteLength
    const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array(8), iterations: 2 }
    sizes.derived = (await subtle.deriveBits(parameters, password, 128)).byteLength
    for (let i = 0; i < 8; i++) delete Array.prototype[i]
    for (const proto of [Object.prototype, Array.prototype, String.prototype, Number.prototype]) delete proto.toJSON
    return { ...sizes, ...seen }`,
  )
  assert.deepEqual(results, { signed: 32, derived: 16, count: 0, what: '' })
})
