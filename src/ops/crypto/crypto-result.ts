// The results of SubtleCrypto, as they cross: keys stay here, and a handle goes.
import type { KeyDescription } from '../../bridge/crypto-call.ts'
import type { Crossing } from '../../bridge/entries.ts'
import { assertKeySize, CryptoLimitError, modulusOf } from './crypto-cost.ts'
import type { CryptoCall, CryptoKey } from './read-call.ts'

interface CryptoResult {
  readonly first: Crossing
  readonly second?: Crossing
}

/** Takes keys in; undefined, and none of them is kept, where there is no room for all. */
export type KeepKeys = (keys: readonly { key: CryptoKey; bytes: number }[]) => readonly number[] | undefined

/** The instance has no room for another key. */
export class TooManyKeys extends Error {}

/** Objects around a key on both sides, and the longest keys of the algorithms that tell no length. */
const KEY_BYTES = 4096

/**
 * @throws CryptoLimitError for a key that is too large
 * @throws TooManyKeys
 */
export function packResult({ method, bytes }: CryptoCall, result: unknown, keep: KeepKeys): CryptoResult {
  if (typeof result === 'boolean') return { first: result ? 1 : 0 }
  if (result instanceof ArrayBuffer) return { first: result }
  const describe = (keys: readonly CryptoKey[]): string => describeKeys(keys, bytes, keep)
  if (isKey(result)) return { first: describe([result]) }
  const parts = result as Readonly<Record<string, unknown>>
  switch (method) {
    case 'generateKey':
      return { first: describe([parts['publicKey'] as CryptoKey, parts['privateKey'] as CryptoKey]) }
    case 'encapsulateKey':
      return { first: describe([parts['sharedKey'] as CryptoKey]), second: parts['ciphertext'] as ArrayBuffer }
    case 'encapsulateBits':
      return { first: parts['sharedKey'] as ArrayBuffer, second: parts['ciphertext'] as ArrayBuffer }
    default:
      // A JsonWebKey.
      return { first: JSON.stringify(result) }
  }
}

function describeKeys(keys: readonly CryptoKey[], inputBytes: number, keep: KeepKeys): string {
  for (const key of keys) assertKeySize(key)
  const sized = keys.map((key) => ({ key, bytes: keyBytes(key, inputBytes) }))
  const handles = keep(sized)
  if (handles === undefined) throw new TooManyKeys()
  const descriptions = sized.map(({ key, bytes }, index): KeyDescription => {
    const { type, extractable, usages, algorithm } = key
    return [handles[index] as number, type, extractable, usages, describeAlgorithm(algorithm), bytes]
  })
  return JSON.stringify(descriptions)
}

function describeAlgorithm(algorithm: object): string {
  return JSON.stringify(algorithm, (_, value: unknown) => (value instanceof Uint8Array ? [...value] : value))
}

/** What it holds in memory, about. */
function keyBytes(key: CryptoKey, inputBytes: number): number {
  const secretBits = Number((key.algorithm as { length?: number }).length ?? 0)
  return KEY_BYTES + inputBytes + Math.ceil(secretBits / 8) + modulusOf(key)
}

function isKey(value: unknown): value is CryptoKey {
  return value instanceof CryptoKey
}

/** "name\nmessage" of what Node or our bounds threw, without anything of the host. */
export function cryptoFailureText(error: unknown): string {
  if (error instanceof CryptoLimitError) return `OperationError\n${error.message}`
  if (error instanceof DOMException) {
    // Node 24.12 calls it so where a key cannot be exported.
    const name = error.name === 'InvalidAccessException' ? 'InvalidAccessError' : error.name
    return `${name}\n${error.message}`
  }
  const { code } = error as { code?: unknown }
  // Of its own checks of arguments; they speak of nothing else.
  if (error instanceof TypeError && typeof code === 'string' && code.startsWith('ERR_')) {
    return `TypeError\n${error.message}`
  }
  return 'OperationError\nThe operation failed.'
}
