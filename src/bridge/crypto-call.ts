// A call of SubtleCrypto, as it crosses: a JSON text, and bytes beside it. The guest converts and normalises arguments, as
// the specification orders it; the host looks up keys and does the work. Key material stays with the host: the guest
// has handles, numbers that mean something in its own instance only.

/**
 * What crosses of an argument of each kind.
 *
 * - `algorithm`: an {@link EncodedAlgorithm}
 * - `key`: its handle
 * - `data`: null; the bytes are the call's next data
 * - `keyData`: null likewise, or a JsonWebKey
 * - `format`, `usages`, `flag`, `length`: as they are
 */
export type CryptoArgument = 'algorithm' | 'key' | 'data' | 'keyData' | 'format' | 'usages' | 'flag' | 'length'

export type CryptoMethod =
  | 'encrypt'
  | 'decrypt'
  | 'sign'
  | 'verify'
  | 'digest'
  | 'generateKey'
  | 'deriveKey'
  | 'deriveBits'
  | 'importKey'
  | 'exportKey'
  | 'wrapKey'
  | 'unwrapKey'
  | 'getPublicKey'
  | 'encapsulateKey'
  | 'encapsulateBits'
  | 'decapsulateKey'
  | 'decapsulateBits'

/** Their arguments. */
export const CRYPTO_METHODS: Readonly<Record<CryptoMethod, readonly CryptoArgument[]>> = {
  encrypt: ['algorithm', 'key', 'data'],
  decrypt: ['algorithm', 'key', 'data'],
  sign: ['algorithm', 'key', 'data'],
  verify: ['algorithm', 'key', 'data', 'data'],
  digest: ['algorithm', 'data'],
  generateKey: ['algorithm', 'flag', 'usages'],
  deriveKey: ['algorithm', 'key', 'algorithm', 'flag', 'usages'],
  deriveBits: ['algorithm', 'key', 'length'],
  importKey: ['format', 'keyData', 'algorithm', 'flag', 'usages'],
  exportKey: ['format', 'key'],
  wrapKey: ['format', 'key', 'key', 'algorithm'],
  unwrapKey: ['format', 'data', 'key', 'algorithm', 'algorithm', 'flag', 'usages'],
  getPublicKey: ['key', 'usages'],
  encapsulateKey: ['algorithm', 'key', 'algorithm', 'flag', 'usages'],
  encapsulateBits: ['algorithm', 'key'],
  decapsulateKey: ['algorithm', 'key', 'data', 'algorithm', 'flag', 'usages'],
  decapsulateBits: ['algorithm', 'key', 'data'],
}

/** Bytes are positions in what is sent beside the text, keys are handles. */
export type EncodedMember =
  | number
  | string
  | { readonly bytes: readonly [from: number, to: number] }
  | { readonly key: number }
  | { readonly algorithm: EncodedAlgorithm }

export interface EncodedAlgorithm {
  readonly name: string
  readonly members: Readonly<Record<string, EncodedMember>>
}

/** A key as the host describes it to the guest. */
export type KeyDescription = readonly [
  handle: number,
  type: string,
  extractable: boolean,
  usages: readonly string[],
  /** A KeyAlgorithm as JSON; a publicExponent is a list of bytes. */
  algorithm: string,
  /** What it counts against {@link MAX_KEY_BYTES}. */
  bytes: number,
]

/** Keys of one instance: as many, and of as much memory on the host. */
export const MAX_KEYS = 1000
export const MAX_KEY_BYTES: number = 8 * 1024 * 1024
/** Characters of a call's JSON. A JsonWebKey is most of it. */
export const MAX_CALL_LENGTH: number = 128 * 1024
