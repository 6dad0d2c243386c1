import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startRuntime } from '../support/runtime.ts'

const HELPERS = `const { subtle } = crypto
const salt = new Uint8Array(16)
const password = (name, format = 'raw') => subtle.importKey(format, salt, name, false, ['deriveBits', 'deriveKey'])
const outcome = (promise) => promise.then(() => 'done', (error) => error.name + ': ' + error.message)`

/** Each would hold a thread, or memory, of the host for much longer than a task may take. */
const CALLS: Readonly<Record<string, readonly [code: string, message: RegExp]>> = {
  'PBKDF2 with a thousand million iterations': [
    `subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: 1e9 }, await password('PBKDF2'), 256)`,
    /^OperationError: Crypto limit: the call asks for PBKDF2 with 1000000000 iterations for each of 1 blocks of SHA-256; allowed: at most 4000000 iterations for all blocks of the result together\.$/,
  ],
  'PBKDF2 for many blocks': [
    `subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-1', salt, iterations: 100000 }, await password('PBKDF2'), 160 * 41)`,
    /100000 iterations for each of 41 blocks of SHA-1;/,
  ],
  'PBKDF2 for a key': [
    `subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-512', salt, iterations: 3e6 }, await password('PBKDF2'), { name: 'HMAC', hash: 'SHA-512', length: 1024 }, false, ['sign'])`,
    /3000000 iterations for each of 2 blocks of SHA-512;/,
  ],
  'a pair of RSA with 16,384 bits': [
    `subtle.generateKey({ name: 'RSA-PSS', modulusLength: 16384, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' }, false, ['sign', 'verify'])`,
    /a generated RSA key of 16384 bits; allowed: at most 4096 bits\.$/,
  ],
  'a pair of RSA with an exponent that is slow to find primes for': [
    `subtle.generateKey({ name: 'RSA-PSS', modulusLength: 4096, publicExponent: new Uint8Array([0, 0x3a, 0xa7]), hash: 'SHA-256' }, false, ['sign', 'verify'])`,
    /a generated RSA key with another public exponent; allowed: 3 and 65537\.$/,
  ],
  'Argon2 with 4 GiB': [
    `subtle.deriveBits({ name: 'Argon2id', nonce: salt, parallelism: 1, memory: 4 * 1024 * 1024, passes: 1 }, await password('Argon2id', 'raw-secret'), 256)`,
    /4194304 KiB of memory for Argon2; allowed: at most 65536 KiB\.$/,
  ],
  'Argon2 with many passes': [
    `subtle.deriveBits({ name: 'Argon2id', nonce: salt, parallelism: 1, memory: 1024, passes: 1e6 }, await password('Argon2id', 'raw-secret'), 256)`,
    /1000000 passes of Argon2 over 1024 KiB;/,
  ],
  'a digest of 512 MiB': [
    `subtle.digest({ name: 'cSHAKE128', outputLength: 2 ** 32 - 8 }, salt)`,
    /a result of 536870911 bytes; allowed: at most 1048576 bytes\.$/,
  ],
  'a key of 512 MiB': [
    `subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 2 ** 32 - 8 }, false, ['sign'])`,
    /a result of 536870911 bytes;/,
  ],
  'derived bits by the million': [
    `subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info: salt }, await password('HKDF'), 2 ** 32 - 8)`,
    /536870911 derived bytes;/,
  ],
  'a key of a megabyte': [
    `subtle.importKey('raw', new Uint8Array(1024 * 1024), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])`,
    /a key of 1048576 bytes; allowed: at most 262144 bytes\.$/,
  ],
  'a JsonWebKey of a megabyte': [
    `subtle.importKey('jwk', { kty: 'oct', k: 'A'.repeat(1024 * 1024) }, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])`,
    /^OperationError: The call is larger than a call may be/,
  ],
}

test('and say what they may cost', async () => {
  await using t = startRuntime({ limits: { cpuMs: 2000 } })
  for (const [what, [code, message]] of Object.entries(CALLS)) {
    await t.load('w', `${HELPERS}\nexport default { async execute() { return outcome((async () => ${code})()) } }`)
    const { output = 'null', error } = await t.runtime.dispatch('w', { type: 'execute' })
    assert.match(String(JSON.parse(output) ?? error?.message), message, what)
  }
})

test('an RSA key of more than 8192 bits is not taken in', async () => {
  await using t = startRuntime({ limits: { cpuMs: 2000 } })
  // A modulus is any odd number, as far as an import can tell.
  const n = Buffer.alloc(1280, 0xff).toString('base64url')
  await t.load(
    'w',
    `${HELPERS}\nexport default { execute: (n) => outcome(subtle.importKey('jwk', { kty: 'RSA', n, e: 'AQAB' }, { name: 'RSA-PSS', hash: 'SHA-256' }, true, ['verify'])) }`,
  )
  const { output } = await t.runtime.dispatch('w', { type: 'execute', input: n })
  assert.match(output ?? '', /an RSA key of 10240 bits; allowed: at most 8192 bits/)
})

test('data of calls under way is bounded by the heap, in all tasks together', async () => {
  await using t = startRuntime({ limits: { heapMb: 64, cpuMs: 5000 } })
  await t.load(
    'w',
    `${HELPERS}
    const data = new Uint8Array(16 * 1024 * 1024)
    export default { async execute() {
      const digests = await Promise.all(Array.from({ length: 6 }, () => outcome(subtle.digest('SHA-256', data))))
      return [digests, await outcome(subtle.digest('SHA-256', data))]
    } }`,
  )
  const { output = '' } = await t.runtime.dispatch('w', { type: 'execute' })
  const [digests, later]: [string[], string] = JSON.parse(output)
  const refused =
    'QuotaExceededError: Crypto limit: calls of crypto.subtle that are under way may have 64 MiB of data together, as much as the heap. Wait for some before starting more, or give them less.'
  assert.deepEqual(digests, ['done', 'done', 'done', 'done', refused, refused])
  // What is over is counted no more.
  assert.equal(later, 'done')
})

test('nor does supports() say that it is', async () => {
  await using t = startRuntime({ limits: { cpuMs: 2000 } })
  await t.load(
    'w',
    `export default { execute() {
      const rsa = (modulusLength) => SubtleCrypto.supports('generateKey', { name: 'RSA-PSS', modulusLength, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' })
      const pbkdf2 = (iterations) => SubtleCrypto.supports('deriveBits', { name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array(8), iterations }, 256)
      return [rsa(4096), rsa(8192), pbkdf2(600000), pbkdf2(1e9)]
    } }`,
  )
  assert.equal((await t.runtime.dispatch('w', { type: 'execute' })).output, '[true,false,true,false]')
})

test('what is allowed is done: 600,000 iterations of PBKDF2, and a pair of 4096 bits', async () => {
  await using t = startRuntime({ limits: { cpuMs: 1000, wallMs: 100_000 } })
  await t.load(
    'w',
    `${HELPERS}
    export default { async execute() {
      const bits = await subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: 600000 }, await password('PBKDF2'), 256)
      const { publicKey } = await subtle.generateKey({ name: 'RSA-PSS', modulusLength: 4096, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' }, false, ['sign', 'verify'])
      return [bits.byteLength, publicKey.algorithm.modulusLength]
    } }`,
  )
  assert.equal((await t.runtime.dispatch('w', { type: 'execute' })).output, '[32,4096]')
})
