// What only a guest that was taken over could send: the host takes none of it for a call.
import assert from 'node:assert/strict'
import { webcrypto } from 'node:crypto'
import { test } from 'node:test'
import { MAX_CALL_LENGTH } from '../../src/bridge/crypto-call.ts'
import { readCall, readSupports } from '../../src/ops/crypto/read-call.ts'

const key = await webcrypto.subtle.generateKey({ name: 'AES-GCM', length: 128 }, false, ['encrypt'])
const keyOf = (handle: number): webcrypto.CryptoKey | undefined => (handle === 7 ? key : undefined)
const DATA = new Uint8Array(3)
const AES = { name: 'AES-GCM', members: { iv: { bytes: [0, 2] } } }

const read = (call: unknown, data: unknown[] = [DATA], parameters: unknown = new Uint8Array([1, 2, 3])): unknown =>
  readCall({ text: typeof call === 'string' ? call : JSON.stringify(call), data, parameters } as never, keyOf)

test('a call as our guest sends it is read', () => {
  const call = readCall(
    { text: JSON.stringify(['encrypt', AES, 7, null]), data: [DATA], parameters: new Uint8Array([1, 2, 3]) },
    keyOf,
  )
  const [algorithm, keyArgument, data] = call.args as [Record<string, unknown>, unknown, unknown]
  assert.deepEqual({ ...algorithm }, { name: 'AES-GCM', iv: new Uint8Array([1, 2]) })
  assert.equal(Object.getPrototypeOf(algorithm), null)
  assert.equal(keyArgument, key)
  assert.equal(data, DATA)
  assert.equal(call.bytes, 6)
})

test('anything else is not', () => {
  const nested = (depth: number): object =>
    depth === 0 ? AES : { name: 'X', members: { hash: { algorithm: nested(depth - 1) } } }
  const calls: Readonly<Record<string, unknown>> = {
    'no JSON': 'encrypt',
    'no list': '{}',
    'no method': '[]',
    'a method of objects': ['constructor'],
    'a prototype': ['__proto__'],
    'a method of no SubtleCrypto': ['timingSafeEqual'],
    'a method that is a list': [['encrypt'], AES, 7, null],
    'no arguments': ['encrypt'],
    'another handle': ['encrypt', AES, 8, null],
    'a handle of text': ['encrypt', AES, '7', null],
    'no handle': ['encrypt', AES, null, null],
    'an algorithm of text': ['encrypt', 'AES-GCM', 7, null],
    'an algorithm without a name': ['encrypt', { members: {} }, 7, null],
    'an algorithm without members': ['encrypt', { name: 'AES-GCM' }, 7, null],
    'a member that is nothing': ['encrypt', { name: 'AES-GCM', members: { iv: null } }, 7, null],
    'a member of another kind': ['encrypt', { name: 'AES-GCM', members: { iv: { what: 1 } } }, 7, null],
    'a member with another handle': ['encrypt', { name: 'ECDH', members: { public: { key: 8 } } }, 7, null],
    'algorithms in algorithms': ['encrypt', nested(3), 7, null],
    'usages of text': ['generateKey', AES, true, 'encrypt'],
    'usages that are objects': ['generateKey', AES, true, [{}]],
    'a length of text': ['deriveBits', AES, 7, '8'],
    'a format that is a number': ['exportKey', 1, 7],
    'key data that is a number': ['importKey', 'raw', 1, AES, true, []],
    'too long a text': JSON.stringify(['encrypt', AES, 7, null, 'x'.repeat(MAX_CALL_LENGTH)]),
  }
  for (const [what, call] of Object.entries(calls)) assert.throws(() => read(call), what)
  assert.throws(() => read(['encrypt', AES, 7, null], []), 'no data')
  assert.throws(() => read(['encrypt', AES, 7, null], ['text']), 'data of text')
  assert.throws(() => read(['verify', AES, 7, null, null], [DATA, undefined]), 'half of the data')
})

test('positions outside of the bytes give no more than there are', () => {
  for (const range of [
    [-5, 100],
    [2 ** 40, -1],
    ['x', 'y'],
    [{}, []],
    [1e308, 0.5],
  ]) {
    const { args } = readCall(
      {
        text: JSON.stringify(['digest', { name: 'X', members: { iv: { bytes: range } } }, null]),
        data: [DATA],
        parameters: new Uint8Array([1, 2, 3]),
      },
      keyOf,
    )
    const { iv } = args[0] as { iv: Uint8Array }
    assert.ok(iv.length <= 3)
  }
})

test('likewise for what is asked about', () => {
  for (const query of [
    '',
    '[]',
    '[1]',
    '["digest"]',
    '["digest","SHA-256",null]',
    '["digest",{"name":1,"members":{}},null]',
  ]) {
    assert.throws(() => readSupports(query, undefined, keyOf), `taken: ${query}`)
  }
  const { method, args } = readSupports('["digest",{"name":"SHA-256","members":{}},null]', undefined, keyOf)
  assert.equal(method, 'digest')
  assert.equal(args[1], null)
})
