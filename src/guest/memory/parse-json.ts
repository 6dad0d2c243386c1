// JSON.parse with a look at the text first. V8 makes up to 60 bytes of each character, cannot be interrupted meanwhile, and
// goes far beyond a heap's limit before it gives up: 15 MB of brackets, which any client can send, take a process along.
import {
  JSONParse,
  MathFloor,
  MathRandom,
  ObjectDefineProperty,
  RangeErrorConstructor,
  StringPrototypeCharCodeAt,
  Uint8ArrayConstructor,
} from '../primordials.ts'
import { heapLimitMb } from './heap-limit.ts'

/** A shorter text cannot do much harm. */
const SHORT_LENGTH = 256 * 1024

/** Bytes that V8 allocates for what begins, or ends, with a character; measured, on the low side for ordinary documents. */
const BYTES_OF = new Uint8ArrayConstructor(128).fill(1)
BYTES_OF['['.charCodeAt(0)] = 56
BYTES_OF['{'.charCodeAt(0)] = 56
BYTES_OF[','.charCodeAt(0)] = 16
BYTES_OF[':'.charCodeAt(0)] = 8

/** Windows at random places, one in each of as many equal parts of the text: nobody can write around them. */
const SAMPLES = 128
const SAMPLE_LENGTH = 64
/** A text that seems to need more than this share of the heap is looked at in full. */
const DOUBTFUL_SHARE = 0.25

function bytesFor(text: string, from: number, to: number): number {
  let bytes = 0
  for (let i = from; i < to; i++) {
    const code = StringPrototypeCharCodeAt(text, i)
    // Brackets and commas inside of strings count, too: telling them apart would take several times longer.
    bytes += code < 128 ? (BYTES_OF[code] as number) : 2
  }
  return bytes
}

function estimateBytes(text: string): number {
  let bytes = 0
  const part = text.length / SAMPLES
  for (let i = 0; i < SAMPLES; i++) {
    const from = MathFloor(i * part + MathRandom() * (part - SAMPLE_LENGTH))
    bytes += bytesFor(text, from, from + SAMPLE_LENGTH)
  }
  return (bytes / (SAMPLES * SAMPLE_LENGTH)) * text.length
}

function assertFits(text: string): void {
  const roomBytes = heapLimitMb * 1024 * 1024 - text.length
  if (estimateBytes(text) < roomBytes * DOUBTFUL_SHARE) return
  const bytes = bytesFor(text, 0, text.length)
  if (bytes < roomBytes) return
  const neededMb = MathFloor((bytes + text.length) / 1024 / 1024)
  throw new RangeErrorConstructor(
    `Memory limit: the ${text.length} characters of JSON would need about ${neededMb} MiB of the ${heapLimitMb} MiB the isolate may use. Parse less at once, refuse large bodies, or raise the limit "heapMb".`,
  )
}

/** @throws RangeError where the result would not fit into the isolate, SyntaxError as JSON.parse does */
export function parseJson(text: string, reviver?: unknown): unknown {
  if (text.length > SHORT_LENGTH) assertFits(text)
  return JSONParse(text, reviver as undefined)
}

export function boundJson(json: object): void {
  const { parse } = {
    parse(text: unknown, reviver: unknown): unknown {
      return parseJson(typeof text === 'string' ? text : `${text as string}`, reviver)
    },
  }
  ObjectDefineProperty(json, 'parse', { value: parse })
}
