// For which operations the methods of SubtleCrypto normalise their algorithms.
import type { CryptoMethod, EncodedAlgorithm } from '../../bridge/crypto-call.ts'
import { ArrayIsArray, ObjectKeys } from '../primordials.ts'
import type { Operation } from './algorithm-table.ts'
import type { ByteCollector } from './byte-copies.ts'
import { type AlgorithmIdentifier, normalizeAlgorithm } from './normalize-algorithm.ts'

/** All of these, one after the other; of `or` the first that an algorithm has. */
export type Normalisation = readonly Operation[] | { readonly or: readonly [Operation, Operation] }

const KEY: Normalisation = ['importKey']

/** For each algorithm among a method's arguments. */
export const NORMALISATIONS: Readonly<Record<CryptoMethod, readonly Normalisation[]>> = {
  encrypt: [['encrypt']],
  decrypt: [['decrypt']],
  sign: [['sign']],
  verify: [['verify']],
  digest: [['digest']],
  generateKey: [['generateKey']],
  deriveKey: [['deriveBits'], ['importKey', 'getKeyLength']],
  deriveBits: [['deriveBits']],
  importKey: [KEY],
  exportKey: [],
  wrapKey: [{ or: ['wrapKey', 'encrypt'] }],
  unwrapKey: [{ or: ['unwrapKey', 'decrypt'] }, KEY],
  getPublicKey: [],
  encapsulateKey: [['encapsulate'], KEY],
  encapsulateBits: [['encapsulate']],
  decapsulateKey: [['decapsulate'], KEY],
  decapsulateBits: [['decapsulate']],
}

/** Where it is for more than one, the members of all. */
export function normalizeFor(
  normalisation: Normalisation,
  algorithm: AlgorithmIdentifier,
  parameters: ByteCollector,
): EncodedAlgorithm {
  if (!ArrayIsArray(normalisation)) {
    const { or } = normalisation as { readonly or: readonly [Operation, Operation] }
    try {
      return normalizeAlgorithm(algorithm, or[0], parameters)
    } catch {
      return normalizeAlgorithm(algorithm, or[1], parameters)
    }
  }
  const encoded = normalizeAlgorithm(algorithm, normalisation[0] as Operation, parameters)
  for (let i = 1; i < normalisation.length; i++) {
    const more = normalizeAlgorithm(algorithm, normalisation[i] as Operation, parameters).members
    const names = ObjectKeys(more)
    for (let k = 0; k < names.length; k++) {
      const name = names[k] as string
      ;(encoded.members as Record<string, unknown>)[name] = more[name]
    }
  }
  return encoded
}
