// What a call of SubtleCrypto costs, estimated before it starts, and the bounds it has to stay within. A call cannot be
// stopped once a thread of the host has begun with it, and its time is not the isolate's: so each is bounded beforehand.
// Figures are for one core of an ordinary server, on the high side.
import type { Algorithm, CryptoCall, CryptoKey } from './read-call.ts'

/** Bits of an RSA modulus: of a pair to generate (a second or two), and of any key. */
const MAX_GENERATED_MODULUS = 4096
const MAX_MODULUS = 8192
/** PBKDF2: iterations, times the blocks of the hash that the result consists of. One to two seconds. */
const MAX_PBKDF2_ROUNDS = 4_000_000
/** Argon2: KiB of memory, and KiB times passes. */
const MAX_ARGON2_KIB = 64 * 1024
const MAX_ARGON2_KIB_PASSES = 512 * 1024
const MAX_ARGON2_LANES = 64
/** Bytes of what is imported as a key: HMAC and passwords may be long, others are below 20 KB. */
const MAX_IMPORT_BYTES = 256 * 1024
/** Bytes of a result whose length a call names: a generated or derived key, derived bits, the output of an XOF. */
const MAX_OUTPUT_BYTES = 1024 * 1024

const US_PER_PBKDF2_ROUND = 0.5
const US_PER_ARGON2_KIB = 1
const BYTES_PER_US = 300
const US_PER_CALL = 50
/**
 * Operations of RSA-2048, which grow with the cube of the modulus: with the private key, and with a public one whose exponent
 * is as long as the modulus. Such ones can be imported.
 */
const US_PER_RSA_PRIVATE = 1000
const US_PER_RSA_PUBLIC = 4000
const US_PER_RSA_GENERATE = 150_000

const HASH_BYTES: Readonly<Record<string, number>> = {
  'SHA-1': 20,
  'SHA-256': 32,
  'SHA-384': 48,
  'SHA-512': 64,
  'SHA3-256': 32,
  'SHA3-384': 48,
  'SHA3-512': 64,
}
/** Others make keys of RSA slow to find. */
const GENERATED_EXPONENTS = new Set(['3', '1,0,1'])
const USES_PRIVATE_KEY = new Set(['sign', 'decrypt', 'unwrapKey'])
/** Node does these at once, on the thread that calls. */
const IMMEDIATE = new Set(['importKey', 'exportKey', 'getPublicKey'])

export interface CryptoCost {
  /** Microseconds of a thread; 0 for what is done at once. */
  readonly us: number
  /** Memory of the work itself. */
  readonly bytes: number
}

/** The call would take more than a call may. The message says what, and what it may. */
export class CryptoLimitError extends Error {}

/** @throws CryptoLimitError */
export function costOf(call: CryptoCall): CryptoCost {
  const { method, args, algorithms, keys, bytes } = call
  const [algorithm, target] = algorithms
  if (method === 'importKey' && bytes > MAX_IMPORT_BYTES)
    refuse(`a key of ${bytes} bytes`, `at most ${MAX_IMPORT_BYTES} bytes`)
  for (const one of algorithms) assertOutput(one)
  if (IMMEDIATE.has(method)) return { us: 0, bytes }
  let us = US_PER_CALL + bytes / BYTES_PER_US
  let memory = bytes
  if (algorithm !== undefined) {
    if (method === 'generateKey') us += generateUs(algorithm)
    if (method === 'deriveBits' || method === 'deriveKey') {
      // The last argument is the number of bits, or null.
      const bits = method === 'deriveBits' ? (args.at(-1) as number | null) : derivedKeyBits(target)
      const derive = deriveCost(algorithm, (bits ?? 0) / 8)
      us += derive.us
      memory += derive.bytes
    }
  }
  for (const key of keys) us += USES_PRIVATE_KEY.has(method) ? privateUs(key) : publicUs(key)
  return { us: Math.ceil(us), bytes: memory }
}

/** @throws CryptoLimitError for a key too large to work with */
export function assertKeySize(key: CryptoKey): void {
  const bits = modulusOf(key)
  if (bits > MAX_MODULUS) refuse(`an RSA key of ${bits} bits`, `at most ${MAX_MODULUS} bits`)
}

/** Bits of the modulus of an RSA key; 0 for other keys. */
export function modulusOf(key: CryptoKey): number {
  return Number((key.algorithm as { modulusLength?: number }).modulusLength ?? 0)
}

function privateUs(key: CryptoKey): number {
  return US_PER_RSA_PRIVATE * (modulusOf(key) / 2048) ** 3
}

function publicUs(key: CryptoKey): number {
  const bits = modulusOf(key)
  if (bits === 0) return 0
  const exponent = withoutZeros((key.algorithm as { publicExponent?: unknown }).publicExponent)
  return US_PER_RSA_PUBLIC * (bits / 2048) ** 3 * ((exponent.length * 8) / bits)
}

/** The bytes of an integer without those that say nothing. */
function withoutZeros(integer: unknown): Uint8Array {
  const bytes = integer instanceof Uint8Array ? integer : new Uint8Array(0)
  const first = bytes.findIndex((byte) => byte !== 0)
  return first < 0 ? new Uint8Array(0) : bytes.subarray(first)
}

function generateUs(algorithm: Algorithm): number {
  const bits = Number(algorithm['modulusLength'] ?? 0)
  if (bits > MAX_GENERATED_MODULUS)
    refuse(`a generated RSA key of ${bits} bits`, `at most ${MAX_GENERATED_MODULUS} bits`)
  const exponent = withoutZeros(algorithm['publicExponent']).join()
  if (bits > 0 && !GENERATED_EXPONENTS.has(exponent)) {
    refuse('a generated RSA key with another public exponent', '3 and 65537')
  }
  return US_PER_RSA_GENERATE * (bits / 2048) ** 3
}

/** Bits a key of that algorithm is derived from; for HMAC without a length the largest block of a hash. */
function derivedKeyBits(algorithm: Algorithm | undefined): number {
  return Number(algorithm?.['length'] ?? 1152)
}

function deriveCost(algorithm: Algorithm, outputBytes: number): CryptoCost {
  if (outputBytes > MAX_OUTPUT_BYTES) refuse(`${outputBytes} derived bytes`, `at most ${MAX_OUTPUT_BYTES} bytes`)
  if (algorithm.name === 'PBKDF2') {
    const hash = (algorithm['hash'] as Algorithm | undefined)?.name ?? ''
    const blocks = Math.max(1, Math.ceil(outputBytes / (HASH_BYTES[hash] ?? 20)))
    const iterations = Number(algorithm['iterations'])
    const rounds = iterations * blocks
    if (rounds > MAX_PBKDF2_ROUNDS) {
      refuse(
        `PBKDF2 with ${iterations} iterations for each of ${blocks} blocks of ${hash}`,
        `at most ${MAX_PBKDF2_ROUNDS} iterations for all blocks of the result together`,
      )
    }
    return { us: rounds * US_PER_PBKDF2_ROUND, bytes: 0 }
  }
  if (algorithm.name.startsWith('Argon2')) {
    const kib = Number(algorithm['memory'])
    const passes = Number(algorithm['passes'])
    if (kib > MAX_ARGON2_KIB) refuse(`${kib} KiB of memory for Argon2`, `at most ${MAX_ARGON2_KIB} KiB`)
    if (kib * passes > MAX_ARGON2_KIB_PASSES) {
      refuse(`${passes} passes of Argon2 over ${kib} KiB`, `at most ${MAX_ARGON2_KIB_PASSES} KiB times passes`)
    }
    const lanes = Number(algorithm['parallelism'])
    if (lanes > MAX_ARGON2_LANES) refuse(`Argon2 with a parallelism of ${lanes}`, `at most ${MAX_ARGON2_LANES}`)
    return { us: kib * passes * US_PER_ARGON2_KIB, bytes: kib * 1024 }
  }
  return { us: outputBytes / BYTES_PER_US, bytes: 0 }
}

/** `length` is that of a key (or of a counter, which is small), `outputLength` that of a KMAC or an XOF; both in bits. */
function assertOutput(algorithm: Algorithm): void {
  const bits = Math.max(Number(algorithm['length'] ?? 0), Number(algorithm['outputLength'] ?? 0))
  const bytes = Math.ceil(bits / 8)
  if (bytes > MAX_OUTPUT_BYTES) refuse(`a result of ${bytes} bytes`, `at most ${MAX_OUTPUT_BYTES} bytes`)
}

function refuse(what: string, allowed: string): never {
  throw new CryptoLimitError(`Crypto limit: the call asks for ${what}; allowed: ${allowed}.`)
}
