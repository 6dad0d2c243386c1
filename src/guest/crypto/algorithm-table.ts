// Which operations algorithms have, and the dictionaries of their parameters.
// https://w3c.github.io/webcrypto/#algorithms, https://wicg.github.io/webcrypto-modern-algos/
// Whether the host really has an algorithm is for it to say: where it has not, the call fails as for an unknown one.
import {
  MapConstructor,
  MapPrototypeGet,
  MapPrototypeSet,
  ObjectKeys,
  RegExpPrototypeTest,
  StringPrototypeToLowerCase,
} from '../primordials.ts'

const BEYOND_ASCII = /[^\0-\x7f]/

export type Operation =
  | 'decapsulate'
  | 'decrypt'
  | 'deriveBits'
  | 'digest'
  | 'encapsulate'
  | 'encrypt'
  | 'exportKey'
  | 'generateKey'
  | 'getKeyLength'
  | 'importKey'
  | 'sign'
  | 'unwrapKey'
  | 'verify'
  | 'wrapKey'

/** Web IDL types: `bigInteger` is a Uint8Array, `hash` an algorithm with the operation digest. */
export type MemberType = 'bigInteger' | 'bytes' | 'hash' | 'key' | 'octet' | 'text' | 'unsignedLong' | 'unsignedShort'

interface Member {
  readonly name: string
  readonly type: MemberType
  readonly required: boolean
  /** What an earlier draft called it, and programs still may. */
  readonly formerly: string | undefined
}

/** Members in the order in which Web IDL reads them: those of base dictionaries first, by name in each. */
export type Dictionary = readonly Member[]

const required = (name: string, type: MemberType): Member => ({ name, type, required: true, formerly: undefined })
const optional = (name: string, type: MemberType): Member => ({ name, type, required: false, formerly: undefined })

const OUTPUT_LENGTH: Member = { ...required('outputLength', 'unsignedLong'), formerly: 'length' }

const NO_MEMBERS: Dictionary = []
const AES_KEY: Dictionary = [required('length', 'unsignedShort')]
const AEAD: Dictionary = [optional('additionalData', 'bytes'), required('iv', 'bytes'), optional('tagLength', 'octet')]
const EC_KEY: Dictionary = [required('namedCurve', 'text')]
const HASH: Dictionary = [required('hash', 'hash')]
const KEY_DERIVE: Dictionary = [required('public', 'key')]
const CONTEXT: Dictionary = [optional('context', 'bytes')]
const HMAC_KEY: Dictionary = [required('hash', 'hash'), optional('length', 'unsignedLong')]
const KMAC_KEY: Dictionary = [optional('length', 'unsignedLong')]
const KMAC: Dictionary = [optional('customization', 'bytes'), OUTPUT_LENGTH]
const RSA_GENERATE: Dictionary = [
  required('modulusLength', 'unsignedLong'),
  required('publicExponent', 'bigInteger'),
  required('hash', 'hash'),
]
const HKDF: Dictionary = [required('hash', 'hash'), required('info', 'bytes'), required('salt', 'bytes')]
const PBKDF2: Dictionary = [required('hash', 'hash'), required('iterations', 'unsignedLong'), required('salt', 'bytes')]
const ARGON2: Dictionary = [
  optional('associatedData', 'bytes'),
  required('memory', 'unsignedLong'),
  required('nonce', 'bytes'),
  required('parallelism', 'unsignedLong'),
  required('passes', 'unsignedLong'),
  optional('secretValue', 'bytes'),
  optional('version', 'octet'),
]
const CSHAKE: Dictionary = [optional('customization', 'bytes'), optional('functionName', 'bytes'), OUTPUT_LENGTH]
const TURBO_SHAKE: Dictionary = [optional('domainSeparation', 'octet'), OUTPUT_LENGTH]

type Algorithm = Readonly<Partial<Record<Operation, Dictionary>>>

const stored = { exportKey: NO_MEMBERS, importKey: NO_MEMBERS }
const aes = { ...stored, generateKey: AES_KEY, getKeyLength: AES_KEY }
const aead = { decrypt: AEAD, encrypt: AEAD }
const rsa = { exportKey: NO_MEMBERS, generateKey: RSA_GENERATE, importKey: HASH }
const ec = { exportKey: NO_MEMBERS, generateKey: EC_KEY, importKey: EC_KEY }
const pair = { ...stored, generateKey: NO_MEMBERS }
const kem = { ...pair, decapsulate: NO_MEMBERS, encapsulate: NO_MEMBERS }
const password = { getKeyLength: NO_MEMBERS, importKey: NO_MEMBERS }
const kmac = { exportKey: NO_MEMBERS, generateKey: KMAC_KEY, getKeyLength: KMAC_KEY, importKey: KMAC_KEY }
const signs = (parameters: Dictionary): Algorithm => ({ sign: parameters, verify: parameters })
const digests = (parameters: Dictionary): Algorithm => ({ digest: parameters })

const ALGORITHMS: Readonly<Record<string, Algorithm>> = {
  'AES-CBC': { ...aes, decrypt: [required('iv', 'bytes')], encrypt: [required('iv', 'bytes')] },
  'AES-CTR': {
    ...aes,
    decrypt: [required('counter', 'bytes'), required('length', 'octet')],
    encrypt: [required('counter', 'bytes'), required('length', 'octet')],
  },
  'AES-GCM': { ...aes, ...aead },
  'AES-KW': { ...aes, unwrapKey: NO_MEMBERS, wrapKey: NO_MEMBERS },
  'AES-OCB': { ...aes, ...aead },
  Argon2d: { ...password, deriveBits: ARGON2 },
  Argon2i: { ...password, deriveBits: ARGON2 },
  Argon2id: { ...password, deriveBits: ARGON2 },
  'ChaCha20-Poly1305': { ...stored, ...aead, generateKey: NO_MEMBERS, getKeyLength: NO_MEMBERS },
  ECDH: { ...ec, deriveBits: KEY_DERIVE },
  ECDSA: { ...ec, ...signs(HASH) },
  Ed25519: { ...pair, ...signs(NO_MEMBERS) },
  Ed448: { ...pair, ...signs(CONTEXT) },
  HKDF: { ...password, deriveBits: HKDF },
  HMAC: {
    ...signs(NO_MEMBERS),
    exportKey: NO_MEMBERS,
    generateKey: HMAC_KEY,
    getKeyLength: HMAC_KEY,
    importKey: HMAC_KEY,
  },
  KMAC128: { ...kmac, ...signs(KMAC) },
  KMAC256: { ...kmac, ...signs(KMAC) },
  KT128: digests([optional('customization', 'bytes'), OUTPUT_LENGTH]),
  KT256: digests([optional('customization', 'bytes'), OUTPUT_LENGTH]),
  'ML-DSA-44': { ...pair, ...signs(CONTEXT) },
  'ML-DSA-65': { ...pair, ...signs(CONTEXT) },
  'ML-DSA-87': { ...pair, ...signs(CONTEXT) },
  'ML-KEM-1024': kem,
  'ML-KEM-512': kem,
  'ML-KEM-768': kem,
  PBKDF2: { ...password, deriveBits: PBKDF2 },
  'RSA-OAEP': { ...rsa, decrypt: [optional('label', 'bytes')], encrypt: [optional('label', 'bytes')] },
  'RSA-PSS': { ...rsa, ...signs([required('saltLength', 'unsignedLong')]) },
  'RSASSA-PKCS1-v1_5': { ...rsa, ...signs(NO_MEMBERS) },
  'SHA-1': digests(NO_MEMBERS),
  'SHA-256': digests(NO_MEMBERS),
  'SHA-384': digests(NO_MEMBERS),
  'SHA-512': digests(NO_MEMBERS),
  'SHA3-256': digests(NO_MEMBERS),
  'SHA3-384': digests(NO_MEMBERS),
  'SHA3-512': digests(NO_MEMBERS),
  TurboSHAKE128: digests(TURBO_SHAKE),
  TurboSHAKE256: digests(TURBO_SHAKE),
  X25519: { ...pair, deriveBits: KEY_DERIVE },
  X448: { ...pair, deriveBits: KEY_DERIVE },
  cSHAKE128: digests(CSHAKE),
  cSHAKE256: digests(CSHAKE),
}

export interface Registered {
  /** As the specification writes it. */
  readonly name: string
  readonly dictionary: Dictionary
}

// A map, since a property that is not there would be looked up in Object.prototype.
const registered = new MapConstructor<string, Registered>()
const names = ObjectKeys(ALGORITHMS)
for (let i = 0; i < names.length; i++) {
  const name = names[i] as string
  const operations = ALGORITHMS[name] as Algorithm
  const keys = ObjectKeys(operations) as Operation[]
  for (let k = 0; k < keys.length; k++) {
    const operation = keys[k] as Operation
    const dictionary = operations[operation] as Dictionary
    MapPrototypeSet(registered, keyOf(name, operation), { name, dictionary })
  }
}

/** Names are compared without regard to the case of ASCII letters. */
export function findAlgorithm(name: string, operation: Operation): Registered | undefined {
  // The lower case of some letters beyond ASCII is an ASCII letter.
  if (RegExpPrototypeTest(BEYOND_ASCII, name)) return undefined
  return MapPrototypeGet(registered, keyOf(name, operation))
}

function keyOf(name: string, operation: Operation): string {
  return `${StringPrototypeToLowerCase(name)}/${operation}`
}
