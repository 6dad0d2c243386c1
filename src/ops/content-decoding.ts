// Undoes Content-Encoding. Every stage's output is bounded, not only the last one's: a bomb inside a bomb may have a
// huge middle and a tiny end. https://fetch.spec.whatwg.org/#handle-content-codings
import { pipeline } from 'node:stream'
import type { Duplex } from 'node:stream'
import zlib from 'node:zlib'
import { IsopodError } from '../errors.ts'
import type { ByteSource, HeaderList } from '../task.ts'
import { fromReadable, toReadable } from './byte-source.ts'
import { FetchFailure } from './fetch-failure.ts'
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

export function decodeBody(source: ByteSource, codings: readonly Coding[], limit: ByteLimit): ByteSource {
  return codings.toReversed().reduce((encoded, coding) => limitBytes(decodeOnce(encoded, coding), limit), source)
}

function decodeOnce(encoded: ByteSource, coding: Coding): ByteSource {
  // Made at the first read: deflate has two forms, told apart by the first byte, and many bodies are never read.
  let decoded: ByteSource | undefined
  let canceled = false
  return {
    async read() {
      try {
        if (decoded === undefined) {
          const first = await encoded.read()
          if (first === undefined || canceled) return undefined
          decoded = decodeWith(decoderFor(coding, first), { first, rest: encoded })
        }
        return await decoded.read()
      } catch (error) {
        // What comes from below has been put into words already; anything else is the decoder's own complaint.
        if (error instanceof FetchFailure || error instanceof IsopodError) throw error
        throw new FetchFailure('TypeError', `The response body is not valid ${coding}.`, { cause: error })
      }
    },
    cancel(reason) {
      canceled = true
      ;(decoded ?? encoded).cancel(reason)
    },
  }
}

function decodeWith(decoder: Duplex, { first, rest }: { first: Uint8Array; rest: ByteSource }): ByteSource {
  const input = toReadable(rest)
  input.unshift(first)
  // The callback is required; the error reaches the reader through the decoder itself.
  pipeline(input, decoder, () => {})
  return fromReadable(decoder)
}

/** As browsers do, an end that comes too early is the end: HTTP's own framing has already vouched for the length. */
function decoderFor(coding: Coding, first: Uint8Array): Duplex {
  const { Z_SYNC_FLUSH, BROTLI_OPERATION_FLUSH, ZSTD_e_flush, ZSTD_d_windowLogMax } = zlib.constants
  const deflateOptions = { flush: Z_SYNC_FLUSH, finishFlush: Z_SYNC_FLUSH }
  switch (coding) {
    case 'gzip':
      return zlib.createGunzip(deflateOptions)
    case 'deflate':
      // RFC 9110 means zlib's format; some servers send the bare stream. A zlib header's low nibble is always 8.
      return ((first[0] ?? 0) & 0x0f) === 8 ? zlib.createInflate(deflateOptions) : zlib.createInflateRaw(deflateOptions)
    case 'br':
      return zlib.createBrotliDecompress({ flush: BROTLI_OPERATION_FLUSH, finishFlush: BROTLI_OPERATION_FLUSH })
    case 'zstd':
      // RFC 9659 caps the window at 8 MB; the library's own cap lets a server make us hold 128 MB.
      return zlib.createZstdDecompress({
        flush: ZSTD_e_flush,
        finishFlush: ZSTD_e_flush,
        params: { [ZSTD_d_windowLogMax]: 23 },
      })
  }
}
