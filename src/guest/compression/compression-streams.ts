// https://compression.spec.whatwg.org/ Loads the streams, so itself reached through a `lazy` accessor only.
import { ArrayPrototypeIndexOf, TypeErrorConstructor } from '../primordials.ts'
import { requireArguments, toDOMString } from '../webidl/convert.ts'
import { defineInterface } from '../webidl/interface.ts'
import { Codec, type CodecDirection } from './codec.ts'
import { CodecPair } from './codec-pair.ts'

const FORMATS = ['deflate', 'deflate-raw', 'gzip', 'brotli']

export class CompressionStream {
  readonly #pair: CodecPair

  constructor(format: string) {
    requireArguments(arguments.length, 1, 'CompressionStream')
    this.#pair = makePair('compress', format)
  }

  get readable(): CodecPair['readable'] {
    return this.#pair.readable
  }

  get writable(): CodecPair['writable'] {
    return this.#pair.writable
  }
}

export class DecompressionStream {
  readonly #pair: CodecPair

  constructor(format: string) {
    requireArguments(arguments.length, 1, 'DecompressionStream')
    this.#pair = makePair('decompress', format)
  }

  get readable(): CodecPair['readable'] {
    return this.#pair.readable
  }

  get writable(): CodecPair['writable'] {
    return this.#pair.writable
  }
}

defineInterface(CompressionStream, 'CompressionStream')
defineInterface(DecompressionStream, 'DecompressionStream')

function makePair(direction: CodecDirection, format: unknown): CodecPair {
  const name = toDOMString(format)
  if (ArrayPrototypeIndexOf(FORMATS, name) < 0) {
    throw new TypeErrorConstructor(
      `"${name}" is no compression format; there are deflate, deflate-raw, gzip and brotli.`,
    )
  }
  return new CodecPair(new Codec(direction, name))
}
