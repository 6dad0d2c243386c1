// Calls of SubtleCrypto that take as long as each other, in proportion to what {@link costOf} makes of them.
import type { Algorithm, CryptoCall, CryptoKey } from './read-call.ts'

export function kindOf({ method, algorithms, keys, bytes }: CryptoCall): string {
  // What a call costs and what a byte costs are wrong by different factors.
  const magnitude = 32 - Math.clz32(bytes)
  return [method, ...algorithms.map(ofAlgorithm), ...keys.map(ofKey), magnitude].join(' ')
}

function ofAlgorithm({ name, hash, namedCurve, length, modulusLength }: Algorithm): string {
  return words([name, (hash as Algorithm | undefined)?.name, namedCurve, length, modulusLength])
}

function ofKey({ type, algorithm }: CryptoKey): string {
  const { name, hash, namedCurve, length, modulusLength } = algorithm as Algorithm
  return words([type, name, (hash as Algorithm | undefined)?.name, namedCurve, length, modulusLength])
}

function words(parts: readonly unknown[]): string {
  return parts.filter((part) => part !== undefined).join('/')
}
