// The streams of node:zlib behind codecs, and about what they take.
import type { Transform } from 'node:stream'
import zlib from 'node:zlib'
import { FULL_PIECE_BYTES } from '../../bridge/compression.ts'

export const CODEC_FORMATS = ['deflate', 'deflate-raw', 'gzip', 'brotli'] as const
export type CodecFormat = (typeof CODEC_FORMATS)[number]
export type CodecDirection = 'compress' | 'decompress'

export interface Coder {
  readonly stream: Transform
  /** Those of a kind are slower or faster than estimated by the same factor. */
  readonly kind: string
  /** CPU time per KiB of input and of output, in microseconds, as estimated. */
  readonly inputUs: number
  readonly outputUs: number
}

export function createCoder(direction: CodecDirection, format: CodecFormat): Coder {
  return direction === 'compress'
    ? { stream: compressor(format), kind: `compress ${format}`, inputUs: 15, outputUs: 0 }
    : createDecoder(decompressor(format), format)
}

/** @param stream - undoes the coding, in pieces as {@link CODER_STREAM} has them */
export function createDecoder(stream: Transform, coding: string): Coder {
  return { stream, kind: `decompress ${coding}`, inputUs: 1, outputUs: 3 }
}

// Output beyond what was asked for waits in one buffer of the stream, not in several.
export const CODER_STREAM: { readonly chunkSize: number; readonly readableHighWaterMark: number } = {
  chunkSize: FULL_PIECE_BYTES,
  readableHighWaterMark: 1,
}

function compressor(format: CodecFormat): Transform {
  switch (format) {
    case 'deflate':
      return zlib.createDeflate(CODER_STREAM)
    case 'deflate-raw':
      return zlib.createDeflateRaw(CODER_STREAM)
    case 'gzip':
      return zlib.createGzip(CODER_STREAM)
    case 'brotli': {
      // The library's own choice takes seconds of CPU time for a megabyte; this one compresses better than gzip, as fast.
      const { BROTLI_PARAM_LGWIN, BROTLI_PARAM_QUALITY } = zlib.constants
      return zlib.createBrotliCompress({
        ...CODER_STREAM,
        params: { [BROTLI_PARAM_QUALITY]: 5, [BROTLI_PARAM_LGWIN]: 19 },
      })
    }
  }
}

function decompressor(format: CodecFormat): Transform {
  const options = { ...CODER_STREAM, rejectGarbageAfterEnd: true }
  switch (format) {
    case 'deflate':
      return zlib.createInflate(options)
    case 'deflate-raw':
      return zlib.createInflateRaw(options)
    case 'gzip':
      return zlib.createGunzip(options)
    case 'brotli':
      return zlib.createBrotliDecompress(options)
  }
}
