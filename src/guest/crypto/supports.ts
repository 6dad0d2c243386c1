// https://wicg.github.io/webcrypto-modern-algos/#SubtleCrypto-method-supports
import { CRYPTO_METHODS, type CryptoMethod, type EncodedAlgorithm } from '../../bridge/crypto-call.ts'
import { OP } from '../../bridge/ops.ts'
import { ObjectPrototypeHasOwnProperty } from '../primordials.ts'
import { hostCall } from '../runtime/host.ts'
import { requireArguments, toDOMString, toUnsignedLong } from '../webidl/convert.ts'
import { isObject } from '../webidl/sequence.ts'
import { ByteCollector } from './byte-copies.ts'
import { NORMALISATIONS, type Normalisation, normalizeFor } from './normalisations.ts'
import { type AlgorithmIdentifier, toAlgorithmIdentifier } from './normalize-algorithm.ts'
import { toPlainJson } from './plain-json.ts'

const EXPORT: Normalisation = ['exportKey']

export function supports(given: ArrayLike<unknown>): boolean {
  requireArguments(given.length, 2, 'SubtleCrypto.supports')
  const operation = toDOMString(given[0])
  const algorithm = toAlgorithmIdentifier(given[1])
  const third = given[2]
  const isAlgorithm = isObject(third) || typeof third === 'string' || typeof third === 'symbol'
  const additional = isAlgorithm ? toAlgorithmIdentifier(third) : undefined
  const length = isAlgorithm || third === undefined || third === null ? null : toUnsignedLong(third)
  if (!ObjectPrototypeHasOwnProperty(CRYPTO_METHODS, operation)) return false
  const method = operation as CryptoMethod
  const bytes = new ByteCollector()
  try {
    const query = [
      method,
      normalizeFor(NORMALISATIONS[method][0] ?? EXPORT, algorithm, bytes),
      encodeAdditional(method, { additional, length, bytes }),
    ]
    return hostCall(OP.cryptoSupports, 0, toPlainJson(query), bytes.bytes()) === 1
  } catch {
    return false
  }
}

/** @throws where it is not what the method needs */
function encodeAdditional(
  method: CryptoMethod,
  {
    additional,
    length,
    bytes,
  }: {
    readonly additional: AlgorithmIdentifier | undefined
    readonly length: number | null
    readonly bytes: ByteCollector
  },
): EncodedAlgorithm | number | null {
  const normalisation = method === 'wrapKey' ? EXPORT : NORMALISATIONS[method][1]
  if (normalisation !== undefined) return normalizeFor(normalisation, additional ?? toAlgorithmIdentifier(''), bytes)
  return length
}
