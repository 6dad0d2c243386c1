// Undoes Content-Encoding. Every stage's output is bounded, not only the last one's: a bomb inside a bomb may have a
// huge middle and a tiny end. https://fetch.spec.whatwg.org/#handle-content-codings
import type { Transform } from 'node:stream'
import zlib from 'node:zlib'
import { FULL_PIECE_BYTES } from '../bridge/compression.ts'
import { IsopodError } from '../errors.ts'
import type { ByteSource, HeaderList } from '../task.ts'
import { Codec, type Piece } from './compression/codec.ts'
import { CODER_STREAM, createDecoder } from './compression/coders.ts'
import { FetchFailure } from './fetch-failure.ts'
import { giveChunks } from './free-bytes.ts'
import { limitBytes } from './limit-bytes.ts'
import type { ByteLimit } from './limit-bytes.ts'

/** More layers than any server has use for are an attack on whoever unpacks them. */
const MAX_CODINGS = 5

/** What Isopod asks for when the worker does not say. */
export const ACCEPTED_CODINGS = 'gzip, deflate, br'

type Coding = 'gzip' | 'deflate' | 'br' | 'zstd'

/** The codings in the order they were applied; none when one of them is unknown, for then the body stays as it is. */
export function contentCodings(headers: HeaderList): readonly Coding[] {
  const named = headers
    .filter(([name]) => name.toLowerCase() === 'content-encoding')
    .flatMap(([, value]) => value.split(','))
    .map((coding) => CODING_NAMES[coding.trim().toLowerCase()])
    .filter((coding) => coding !== 'identity')
  if (named.length > MAX_CODINGS) {
    throw new FetchFailure(
      'TypeError',
      `The response is encoded ${named.length} times; at most ${MAX_CODINGS} are decoded.`,
    )
  }
  const known = named.filter((coding) => coding !== undefined)
  return known.length === named.length ? known : []
}

const CODING_NAMES: Readonly<Record<string, Coding | 'identity' | undefined>> = {
  '': 'identity',
  identity: 'identity',
  gzip: 'gzip',
  'x-gzip': 'gzip',
  deflate: 'deflate',
  br: 'br',
  zstd: 'zstd',
}

export interface DecodingOptions {
  readonly limit: ByteLimit
  /** Told, in microseconds, what decoding took of other threads. */
  readonly worked: (usedUs: number) => void
}

export function decodeBody(
  source: ByteSource,
  codings: readonly Coding[],
  { limit, worked }: DecodingOptions,
): ByteSource {
  const decoded = codings
    .toReversed()
    .reduce<ByteSource>((encoded, coding) => limitBytes(new DecodedSource(encoded, { coding, worked }), limit), source)
  return giveChunks(decoded)
}

/** One coding undone, a piece at a time and only when asked. */
class DecodedSource implements ByteSource {
  readonly #source: ByteSource
  readonly #coding: Coding
  readonly #worked: DecodingOptions['worked']
  /** Made at the first read: deflate has two forms, told apart by the first byte, and many bodies are never read. */
  #codec: Codec | undefined
  /** The latest input gives another piece. */
  #hasMore = false
  #hasEnded = false
  #isCanceled = false
  #failure: Error | undefined

  constructor(source: ByteSource, { coding, worked }: { coding: Coding; worked: DecodingOptions['worked'] }) {
    this.#source = source
    this.#coding = coding
    this.#worked = worked
  }

  async read(): Promise<Uint8Array | undefined> {
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure
      const piece = await this.#next()
      if (piece === undefined || this.#isCanceled) return undefined
      this.#hasMore = piece.bytes.byteLength >= FULL_PIECE_BYTES
      if (piece.failure !== undefined) this.#failure = this.#describe(piece.failure)
      if (piece.bytes.byteLength > 0) return piece.bytes
    }
  }

  cancel(reason: string): void {
    this.#isCanceled = true
    this.#codec?.[Symbol.dispose]()
    if (!this.#hasEnded) this.#source.cancel(reason)
  }

  async #next(): Promise<Piece | undefined> {
    try {
      if (this.#hasMore) return await this.#codec?.next()
      if (this.#hasEnded) return undefined
      const chunk = await this.#source.read()
      if (this.#isCanceled) return undefined
      if (chunk !== undefined) return await this.#codecFor(chunk).feed(chunk)
      this.#hasEnded = true
      return await this.#codec?.finish()
    } catch (error) {
      if (this.#isCanceled) return undefined
      this.#failure = this.#describe(error)
      throw this.#failure
    }
  }

  #codecFor(chunk: Uint8Array): Codec {
    const coding = this.#coding
    this.#codec ??= new Codec(createDecoder(decoderFor(coding, chunk), coding), this.#worked)
    return this.#codec
  }

  /** What comes from below has been put into words already; anything else is the decoder's own complaint. */
  #describe(error: unknown): Error {
    if (error instanceof FetchFailure || error instanceof IsopodError) return error
    return new FetchFailure('TypeError', `The response body is not valid ${this.#coding}.`, { cause: error })
  }
}

/** As browsers do, an end that comes too early is the end: HTTP's own framing has already vouched for the length. */
function decoderFor(coding: Coding, first: Uint8Array): Transform {
  const { Z_SYNC_FLUSH, BROTLI_OPERATION_FLUSH, ZSTD_e_flush, ZSTD_d_windowLogMax } = zlib.constants
  const deflateOptions = { ...CODER_STREAM, flush: Z_SYNC_FLUSH, finishFlush: Z_SYNC_FLUSH }
  switch (coding) {
    case 'gzip':
      return zlib.createGunzip(deflateOptions)
    case 'deflate':
      // RFC 9110 means zlib's format; some servers send the bare stream. A zlib header's low nibble is always 8.
      return ((first[0] ?? 0) & 0x0f) === 8 ? zlib.createInflate(deflateOptions) : zlib.createInflateRaw(deflateOptions)
    case 'br':
      return zlib.createBrotliDecompress({
        ...CODER_STREAM,
        flush: BROTLI_OPERATION_FLUSH,
        finishFlush: BROTLI_OPERATION_FLUSH,
      })
    case 'zstd':
      // RFC 9659 caps the window at 8 MB; the library's own cap lets a server make us hold 128 MB.
      return zlib.createZstdDecompress({
        ...CODER_STREAM,
        flush: ZSTD_e_flush,
        finishFlush: ZSTD_e_flush,
        params: { [ZSTD_d_windowLogMax]: 23 },
      })
  }
}
