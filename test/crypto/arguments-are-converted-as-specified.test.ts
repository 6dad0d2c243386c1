// What web-platform-tests leave out, or show less plainly.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

const HELPERS = `const { subtle } = crypto
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('')
const outcome = (work) => { try { return Promise.resolve(work()).then(() => 'done', (error) => 'rejected ' + error.name) } catch (error) { return 'thrown ' + error.name } }`

async function run(body: string): Promise<unknown> {
  await using t = startRuntime()
  await t.load('w', `${HELPERS}\nexport default { async execute() { ${body} } }`, { limits: { cpuMs: 2000 } })
  const { output, error } = await t.runtime.dispatch('w', { type: 'execute' })
  assert.equal(error, undefined)
  return JSON.parse(output ?? 'null')
}

const DIGEST_OF_ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
const DIGEST_OF_NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

test('bytes are those of the moment of the call, after all getters have run', async () => {
  const results = await run(`
    const abc = () => new Uint8Array([97, 98, 99])
    const digest = (data, during = () => {}) => subtle.digest({ get name() { during(); return 'SHA-256' } }, data)
    const changedLater = abc()
    const first = digest(changedLater)
    changedLater.fill(0)
    const changedDuring = new Uint8Array(3)
    const moved = abc()
    const movedLater = abc()
    const third = digest(movedLater)
    movedLater.buffer.transfer()
    const within = new Uint8Array([0, 97, 98, 99, 0])
    return Promise.all([
      first,
      digest(changedDuring, () => changedDuring.set([97, 98, 99])),
      third,
      digest(moved, () => moved.buffer.transfer()),
      digest(within.subarray(1, 4)),
      digest(new DataView(within.buffer, 1, 3)),
      digest(abc().buffer),
    ].map((promise) => promise.then(hex)))`)
  const abc = DIGEST_OF_ABC
  assert.deepEqual(results, [abc, abc, abc, DIGEST_OF_NOTHING, abc, abc, abc])
})

test('members are read in the order of Web IDL, each once, and bytes among them copied afterwards', async () => {
  const results = await run(`
    const order = []
    const read = (name, value) => ({ get() { order.push(name); return value }, enumerable: true })
    const salt = new Uint8Array(8)
    const hash = Object.defineProperties({}, { name: { get() { order.push('hash.name'); salt.fill(1); return 'SHA-256' } } })
    const algorithm = Object.defineProperties({}, {
      salt: read('salt', salt), iterations: read('iterations', 1), hash: read('hash', hash), name: read('name', 'pbkdf2'), other: read('other'),
    })
    const key = await subtle.importKey('raw', new Uint8Array(8), 'PBKDF2', false, ['deriveBits'])
    const bits = hex(await subtle.deriveBits(algorithm, key, 64))
    const same = hex(await subtle.deriveBits({ name: 'PBKDF2', salt: new Uint8Array(8).fill(1), iterations: 1, hash: 'SHA-256' }, key, 64))
    return [order, bits === same]`)
  assert.deepEqual(results, [['name', 'hash', 'iterations', 'salt', 'hash.name'], true])
})

test('a method rejects what it does not take, and throws nothing', async () => {
  const results = await run(`
    const data = new Uint8Array(1)
    const resizable = new ArrayBuffer(1, { maxByteLength: 2 })
    const key = await subtle.importKey('raw', new Uint8Array(16), 'AES-GCM', true, ['encrypt'])
    return Promise.all([
      () => subtle.digest(),
      () => subtle.digest('SHA-256'),
      () => subtle.digest('SHA-256', 'text'),
      () => subtle.digest('SHA-256', resizable),
      () => subtle.digest(Symbol(), data),
      () => subtle.digest(undefined, data),
      () => subtle.digest({}, data),
      () => subtle.digest('SHA-255', data),
      () => subtle.digest({ get name() { throw new RangeError() } }, data),
      () => SubtleCrypto.prototype.digest.call({}, 'SHA-256', data),
      () => (0, subtle.digest)('SHA-256', data),
      () => subtle.encrypt('AES-GCM', key, data),
      () => subtle.encrypt({ name: 'AES-GCM', iv: data, tagLength: 256 }, key, data),
      () => subtle.encrypt({ name: 'AES-GCM', iv: data, tagLength: 5 }, key, data),
      () => subtle.encrypt({ name: 'AES-CBC', iv: new Uint8Array(16) }, key, data),
      () => subtle.decrypt({ name: 'AES-GCM', iv: data }, key, data),
      () => subtle.exportKey('rat', key),
      () => subtle.exportKey('spki', key),
      () => subtle.importKey('jwk', data, 'AES-GCM', true, ['encrypt']),
      () => subtle.importKey('raw', {}, 'AES-GCM', true, ['encrypt']),
      () => subtle.importKey('raw', 'text', 'AES-GCM', true, ['encrypt']),
      () => subtle.importKey('raw', new Uint8Array(16), 'AES-GCM', true, ['crypt']),
      () => subtle.importKey('raw', new Uint8Array(16), 'AES-GCM', true, []),
      () => subtle.importKey('raw', new Uint8Array(15), 'AES-GCM', true, ['encrypt']),
      () => subtle.generateKey({ name: 'AES-GCM', length: 2 ** 16 }, true, ['encrypt']),
      () => subtle.generateKey({ name: 'AES-GCM', length: 129 }, true, ['encrypt']),
    ].map(outcome))`)
  assert.deepEqual(
    results,
    `TypeError TypeError TypeError TypeError TypeError NotSupportedError TypeError NotSupportedError RangeError TypeError TypeError
    TypeError TypeError OperationError InvalidAccessError InvalidAccessError TypeError NotSupportedError TypeError TypeError TypeError
    TypeError SyntaxError DataError TypeError OperationError`
      .split(/\s+/)
      .map((name) => `rejected ${name}`),
  )
})

test('interfaces look native', async () => {
  const results = await run(`
    const key = await subtle.importKey('raw', new Uint8Array(16), 'AES-GCM', true, ['encrypt', 'decrypt', 'encrypt'])
    const lengths = {}
    for (const name of Object.keys(SubtleCrypto.prototype)) lengths[name] = SubtleCrypto.prototype[name].length
    return {
      same: crypto.subtle === crypto.subtle && crypto.subtle instanceof SubtleCrypto && key.algorithm === key.algorithm && key.usages === key.usages,
      tags: [subtle, key].map(String),
      members: Object.keys(CryptoKey.prototype),
      own: Reflect.ownKeys(key),
      algorithm: key.algorithm,
      usages: key.usages,
      lengths,
      cloned: (({ type, extractable, algorithm, usages }) => ({ type, extractable, algorithm, usages }))(structuredClone({ key }).key),
      constructors: [outcome(() => new SubtleCrypto()), outcome(() => new CryptoKey()), outcome(() => SubtleCrypto())],
      global: ['CryptoKey', 'SubtleCrypto'].map((name) => Object.getOwnPropertyDescriptor(globalThis, name).enumerable),
    }`)
  assert.deepEqual(results, {
    same: true,
    tags: ['[object SubtleCrypto]', '[object CryptoKey]'],
    members: ['type', 'extractable', 'algorithm', 'usages'],
    own: [],
    algorithm: { name: 'AES-GCM', length: 128 },
    usages: ['encrypt', 'decrypt'],
    lengths: {
      encrypt: 3,
      decrypt: 3,
      sign: 3,
      verify: 4,
      digest: 2,
      generateKey: 3,
      deriveKey: 5,
      deriveBits: 2,
      importKey: 5,
      exportKey: 2,
      wrapKey: 4,
      unwrapKey: 7,
      getPublicKey: 2,
      encapsulateKey: 5,
      encapsulateBits: 2,
      decapsulateKey: 6,
      decapsulateBits: 3,
      timingSafeEqual: 2,
    },
    cloned: {
      type: 'secret',
      extractable: true,
      algorithm: { name: 'AES-GCM', length: 128 },
      usages: ['encrypt', 'decrypt'],
    },
    constructors: ['thrown TypeError', 'thrown TypeError', 'thrown TypeError'],
    global: [false, false],
  })
})

test('the log shows what a key is, and nothing of what is in it', async () => {
  await using t = startRuntime()
  await t.load(
    'w',
    `export default { async execute() {
      console.log(await crypto.subtle.importKey('raw', new Uint8Array(16).fill(7), 'AES-GCM', true, ['encrypt']))
    } }`,
    { limits: { cpuMs: 2000 } },
  )
  const { logs } = await t.runtime.dispatch('w', { type: 'execute' })
  assert.match(
    logs[0]?.message.replace(/\s+/g, ' ') ?? '',
    /^CryptoKey \{ type: 'secret', extractable: true, algorithm: \{ name: 'AES-GCM', length: 128 \}, usages: \[ 'encrypt' \] \}$/,
  )
})
