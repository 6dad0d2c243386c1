// https://compression.spec.whatwg.org/ The streams and the codecs are loaded with the first one that is made.
import { lazy } from '../lazy.ts'
import { loadPart } from '../parts.ts'
import { ArrayPrototypeIndexOf, TypeErrorConstructor } from '../primordials.ts'
import type { BytePair } from '../streams/byte-pair.ts'
import { requireArguments, toDOMString } from '../webidl/convert.ts'
import { defineInterface } from '../webidl/interface.ts'
import type { CodecDirection } from './codec.ts'

const bytePair = lazy(() => loadPart('streams/byte-pair.ts') as typeof import('../streams/byte-pair.ts'))
const codec = lazy(() => loadPart('compression/codec.ts') as typeof import('./codec.ts'))

const FORMATS = ['deflate', 'deflate-raw', 'gzip', 'brotli']

export class CompressionStream {
  readonly #pair: BytePair

  constructor(format: string) {
    requireArguments(arguments.length, 1, 'CompressionStream')
    this.#pair = makePair('compress', format)
  }

  get readable(): BytePair['readable'] {
    return this.#pair.readable
  }

  get writable(): BytePair['writable'] {
    return this.#pair.writable
  }
}

export class DecompressionStream {
  readonly #pair: BytePair

  constructor(format: string) {
    requireArguments(arguments.length, 1, 'DecompressionStream')
    this.#pair = makePair('decompress', format)
  }

  get readable(): BytePair['readable'] {
    return this.#pair.readable
  }

  get writable(): BytePair['writable'] {
    return this.#pair.writable
  }
}

defineInterface(CompressionStream, 'CompressionStream')
defineInterface(DecompressionStream, 'DecompressionStream')

function makePair(direction: CodecDirection, format: unknown): BytePair {
  const name = toDOMString(format)
  if (ArrayPrototypeIndexOf(FORMATS, name) < 0) {
    throw new TypeErrorConstructor(
      `"${name}" is no compression format; there are deflate, deflate-raw, gzip and brotli.`,
    )
  }
  const { BytePair: Pair } = bytePair()
  const { Codec } = codec()
  return new Pair(new Codec(direction, name))
}
