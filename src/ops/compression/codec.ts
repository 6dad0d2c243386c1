// One compression or decompression under way, over a stream of node:zlib, which works on threads of its own.
//
// Nothing is made that nobody asked for: a call gives at most a full piece of output, and the stream behind stands still
// until the next call. So a bomb of a few bytes costs a few buffers, however long its output would be.
import type { Transform } from 'node:stream'
import zlib from 'node:zlib'
import { FULL_PIECE_BYTES } from '../../bridge/compression.ts'
import { CodecFailure } from './codec-failure.ts'

export const CODEC_FORMATS = ['deflate', 'deflate-raw', 'gzip', 'brotli'] as const
export type CodecFormat = (typeof CODEC_FORMATS)[number]
export type CodecDirection = 'compress' | 'decompress'

/** Of {@link FULL_PIECE_BYTES} or more bytes where there may be another after it, of fewer where it is the last. */
export interface Piece {
  readonly bytes: Uint8Array
  /** What came after these bytes. */
  readonly failure?: CodecFailure
}

interface Waiter {
  resolve(piece: Piece): void
  reject(error: CodecFailure): void
}

export class Codec implements Disposable {
  readonly #stream: Transform
  readonly #pieces: Uint8Array[] = []
  #bytes = 0
  /** All that was fed is worked off. */
  #isIdle = true
  #failure: CodecFailure | undefined
  #waiter: Waiter | undefined

  constructor(direction: CodecDirection, format: CodecFormat) {
    this.#stream = direction === 'compress' ? compressor(format) : decompressor(format)
    this.#stream.on('data', (piece: Uint8Array) => this.#made(piece))
    this.#stream.on('end', () => this.#worked())
    this.#stream.on('error', (error) => this.#fail(toFailure(error)))
  }

  /** Gives it more input, and the first piece of its output. */
  feed(bytes: Uint8Array): Promise<Piece> {
    return this.#work(() => {
      this.#stream.write(bytes, (error) => {
        if (error === null || error === undefined) this.#worked()
      })
    })
  }

  /** There is no more input. */
  finish(): Promise<Piece> {
    return this.#work(() => this.#stream.end())
  }

  /** The piece after a full one. */
  next(): Promise<Piece> {
    const piece = this.#piece()
    this.#answer()
    this.#stream.resume()
    return piece
  }

  [Symbol.dispose](): void {
    this.#fail(new CodecFailure('The compression stream was given up.'))
    this.#stream.destroy()
  }

  #work(start: () => void): Promise<Piece> {
    if (!this.#isIdle) return Promise.reject(new CodecFailure('The compression stream is at work already.'))
    const piece = this.#piece()
    if (this.#failure !== undefined) return piece
    this.#isIdle = false
    start()
    return piece
  }

  #piece(): Promise<Piece> {
    return new Promise((resolve, reject) => {
      if (this.#waiter !== undefined) throw new CodecFailure('The compression stream is at work already.')
      if (this.#failure !== undefined && this.#bytes === 0) throw this.#failure
      this.#waiter = { resolve, reject }
    })
  }

  #made(piece: Uint8Array): void {
    this.#pieces.push(piece)
    this.#bytes += piece.byteLength
    if (this.#bytes >= FULL_PIECE_BYTES) this.#stream.pause()
    this.#answer()
  }

  /** What the stream was held up with comes first. */
  #worked(): void {
    this.#isIdle = true
    this.#answer()
  }

  #fail(failure: CodecFailure): void {
    this.#failure ??= failure
    this.#isIdle = true
    this.#answer()
  }

  #answer(): void {
    const waiter = this.#waiter
    const isWhole = this.#isIdle && this.#stream.readableLength === 0
    if (waiter === undefined || (this.#bytes < FULL_PIECE_BYTES && !isWhole)) return
    this.#waiter = undefined
    const bytes = joined(this.#pieces.splice(0))
    this.#bytes = 0
    if (this.#failure === undefined) waiter.resolve({ bytes })
    else if (bytes.byteLength === 0) waiter.reject(this.#failure)
    else waiter.resolve({ bytes, failure: this.#failure })
  }
}

/** A buffer of its own: it is handed over to an isolate. */
function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.byteLength, 0))
  let end = 0
  for (const piece of pieces) {
    bytes.set(piece, end)
    end += piece.byteLength
  }
  return bytes
}

// Output beyond what was asked for waits in one buffer of the stream, not in several.
const STREAM = { chunkSize: FULL_PIECE_BYTES, readableHighWaterMark: 1 }

function compressor(format: CodecFormat): Transform {
  switch (format) {
    case 'deflate':
      return zlib.createDeflate(STREAM)
    case 'deflate-raw':
      return zlib.createDeflateRaw(STREAM)
    case 'gzip':
      return zlib.createGzip(STREAM)
    case 'brotli': {
      // The library's own choice takes seconds of CPU time for a megabyte; this one compresses better than gzip, as fast.
      const { BROTLI_PARAM_LGWIN, BROTLI_PARAM_QUALITY } = zlib.constants
      return zlib.createBrotliCompress({ ...STREAM, params: { [BROTLI_PARAM_QUALITY]: 5, [BROTLI_PARAM_LGWIN]: 19 } })
    }
  }
}

function decompressor(format: CodecFormat): Transform {
  const options = { ...STREAM, rejectGarbageAfterEnd: true }
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

function toFailure(error: Error): CodecFailure {
  const code = 'code' in error ? error.code : undefined
  switch (code) {
    case 'ERR_TRAILING_JUNK_AFTER_STREAM_END':
      return new CodecFailure('There is more after the end of the compressed data.')
    case 'Z_BUF_ERROR':
      return new CodecFailure('The compressed data ends too early.')
    default:
      return new CodecFailure('The data is not valid in its compression format.')
  }
}
