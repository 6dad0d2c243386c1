// One compression or decompression under way, over a stream of node:zlib, which works on threads of its own.
//
// Nothing is made that nobody asked for: a call gives at most a full piece of output, and the stream behind stands still
// until the next call. So a bomb of a few bytes costs a few buffers, however long its output would be.
import type { Transform } from 'node:stream'
import { FULL_PIECE_BYTES } from '../../bridge/compression.ts'
import { freeBytes } from '../free-bytes.ts'
import { type ThreadJob, threadWork } from '../thread-work.ts'
import { CodecFailure } from './codec-failure.ts'
import type { Coder } from './coders.ts'

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

/** Told, in microseconds, what a call took of a thread. */
type Worked = (usedUs: number) => void

/** What a call takes whatever its input. */
const US_PER_CALL = 20

export class Codec implements Disposable {
  readonly #coder: Coder
  readonly #stream: Transform
  readonly #worked: Worked
  #job: ThreadJob | undefined
  #inputBytes = 0
  readonly #pieces: Uint8Array[] = []
  #bytes = 0
  /** All that was fed is worked off. */
  #isIdle = true
  #hasEnded = false
  #failure: CodecFailure | undefined
  #waiter: Waiter | undefined

  constructor(coder: Coder, worked: Worked) {
    this.#coder = coder
    this.#worked = worked
    this.#stream = coder.stream
    this.#stream.on('data', (piece: Uint8Array) => this.#made(piece))
    this.#stream.on('end', () => {
      this.#hasEnded = true
      this.#wentIdle()
    })
    this.#stream.on('error', (error) => this.#fail(toFailure(error)))
  }

  /** Gives it more input, for good, and the first piece of its output. */
  feed(bytes: Uint8Array): Promise<Piece> {
    return this.#work(bytes.byteLength, () => {
      this.#stream.write(bytes, (error) => {
        if (error !== null && error !== undefined) return
        freeBytes(bytes)
        this.#wentIdle()
      })
    })
  }

  /** There is no more input. */
  finish(): Promise<Piece> {
    return this.#work(0, () => {
      this.#stream.end()
      // The data said itself where it ends, before its source did.
      if (this.#hasEnded) this.#wentIdle()
    })
  }

  /** The piece after a full one. */
  next(): Promise<Piece> {
    const piece = this.#piece()
    if (this.#waiter !== undefined) this.#beginJob(0)
    this.#answer()
    this.#stream.resume()
    return piece
  }

  [Symbol.dispose](): void {
    // What has begun goes on, and nobody will hear when it is over.
    this.#job?.end('failed', { bytes: this.#inputBytes })
    if (this.#job !== undefined) this.#worked(this.#job.expectedUs)
    this.#job = undefined
    this.#fail(new CodecFailure('The compression stream was given up.'))
    this.#stream.destroy()
  }

  #work(inputBytes: number, start: () => void): Promise<Piece> {
    if (!this.#isIdle) return Promise.reject(new CodecFailure('The compression stream is at work already.'))
    const piece = this.#piece()
    if (this.#failure !== undefined) return piece
    this.#isIdle = false
    this.#beginJob(inputBytes)
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
  #wentIdle(): void {
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
    this.#endJob(this.#failure === undefined ? 'done' : 'failed', bytes.byteLength)
    if (this.#failure === undefined) waiter.resolve({ bytes })
    else if (bytes.byteLength === 0) waiter.reject(this.#failure)
    else waiter.resolve({ bytes, failure: this.#failure })
  }

  #beginJob(inputBytes: number): void {
    this.#inputBytes = inputBytes
    this.#job = threadWork.begin(this.#coder.kind, this.#estimate(0))
  }

  #endJob(how: 'done' | 'failed', outputBytes: number): void {
    const usedUs = this.#job?.end(how, {
      bytes: this.#inputBytes + outputBytes,
      estimatedUs: this.#estimate(outputBytes),
    })
    this.#job = undefined
    if (usedUs !== undefined) this.#worked(usedUs)
  }

  #estimate(outputBytes: number): number {
    const { inputUs, outputUs } = this.#coder
    return US_PER_CALL + (this.#inputBytes * inputUs + outputBytes * outputUs) / 1024
  }
}

/** A buffer of its own: it is handed over to an isolate. A stream writes no further into one that it has filled. */
function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces
  if (pieces.length === 1 && only !== undefined && only.byteLength === only.buffer.byteLength) return only
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.byteLength, 0))
  let end = 0
  for (const piece of pieces) {
    bytes.set(piece, end)
    end += piece.byteLength
    freeBytes(piece)
  }
  return bytes
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
