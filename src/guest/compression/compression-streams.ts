// https://compression.spec.whatwg.org/ Loads the streams, so itself reached through a `lazy` accessor only.
import { ArrayPrototypeIndexOf, TypeErrorConstructor } from '../primordials.ts'
import { BytePair } from '../streams/byte-pair.ts'
import { requireArguments, toDOMString } from '../webidl/convert.ts'
import { defineInterface } from '../webidl/interface.ts'
import { Codec, type CodecDirection } from './codec.ts'

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
  return new BytePair(new Codec(direction, name))
}
