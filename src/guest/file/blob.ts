// https://w3c.github.io/FileAPI/#blob-section
import { utf8Decode, utf8Encode } from '../encoding/utf8.ts'
import {
  MathFloor,
  MathMax,
  MathMin,
  NumberIsNaN,
  PromiseReject,
  PromiseResolve,
  ReflectDeleteProperty,
  RegExpPrototypeTest,
  StringPrototypeReplaceAll,
  StringPrototypeToLowerCase,
  TypedArrayPrototypeGetBuffer,
  TypedArrayPrototypeGetByteOffset,
  TypedArrayPrototypeGetLength,
  TypedArrayPrototypeSet,
  TypeErrorConstructor,
  Uint8ArrayConstructor,
} from '../primordials.ts'
import { type ReadableStream, streams } from '../streams/lazy.ts'
import { bytesOf, isBufferSource } from '../webidl/buffer-source.ts'
import { toDictionary, toDOMString, toUSVString } from '../webidl/convert.ts'
import { defineInterface } from '../webidl/interface.ts'
import { toSequence } from '../webidl/sequence.ts'

export interface BlobOptions {
  type?: string
  endings?: 'transparent' | 'native'
}

/** Never changes: what gives bytes to tenants gives copies. */
export interface BlobContent {
  readonly bytes: Uint8Array
  readonly type: string
}

/** In place of parts, with a content in place of options. No tenant can hold it, or hand in bytes that may change. */
export const FROM_CONTENT = { __proto__: null }
const PRINTABLE = /^[ -~]*$/
const CHUNK_BYTES = 64 * 1024

export class Blob {
  readonly #content: BlobContent

  constructor(parts?: unknown, options?: BlobOptions) {
    this.#content = parts === FROM_CONTENT ? (options as unknown as BlobContent) : toContent(parts, options)
  }

  get size(): number {
    return TypedArrayPrototypeGetLength(this.#content.bytes)
  }

  get type(): string {
    return this.#content.type
  }

  slice(start?: number, end?: number, contentType?: string): Blob {
    const { bytes } = this.#content
    const size = TypedArrayPrototypeGetLength(bytes)
    const from = start === undefined ? 0 : toOffset(start, size)
    const to = end === undefined ? size : toOffset(end, size)
    const type = contentType === undefined ? '' : normalizeType(toDOMString(contentType))
    return fromContent({ bytes: range(bytes, from, MathMax(from, to)), type })
  }

  stream(): ReadableStream<Uint8Array> {
    const { bytes } = this.#content
    const size = TypedArrayPrototypeGetLength(bytes)
    let offset = 0
    return new (streams().ReadableStream)({
      type: 'bytes',
      pull(controller) {
        if (offset < size) {
          const end = MathMin(offset + CHUNK_BYTES, size)
          // A stream takes the buffers it is given.
          controller.enqueue(copy(range(bytes, offset, end)))
          offset = end
        }
        if (offset < size) return
        controller.close()
        controller.byobRequest?.respond(0)
      },
    })
  }

  text(): Promise<string> {
    return read(this, utf8Decode)
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return read(this, (bytes) => copy(bytes).buffer)
  }

  bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return read(this, copy)
  }

  /** The content of a blob; undefined for anything else. */
  static contentOf(value: unknown): BlobContent | undefined {
    return typeof value === 'object' && value !== null && #content in value ? value.#content : undefined
  }
}

const { contentOf } = Blob
ReflectDeleteProperty(Blob, 'contentOf')
defineInterface(Blob, 'Blob', { constructor: 0, slice: 0 })

export function isBlob(value: unknown): value is Blob {
  return contentOf(value) !== undefined
}

/** A copy of the bytes of a blob, which the caller may give away. */
export function blobBytes(blob: Blob): Uint8Array<ArrayBuffer> {
  return copy(blobContent(blob).bytes)
}

/** What a blob holds, in place: to read, and to make other blobs of. */
export function blobContent(blob: Blob): BlobContent {
  const content = contentOf(blob)
  if (content === undefined) throw new TypeErrorConstructor('Illegal invocation: this is no Blob.')
  return content
}

/** @param bytes - nobody may change them afterwards */
export function makeBlob(bytes: Uint8Array, type: string): Blob {
  return fromContent({ bytes, type: normalizeType(type) })
}

function fromContent(content: BlobContent): Blob {
  return new Blob(FROM_CONTENT, content as unknown as BlobOptions)
}

/** Every failure is a rejection, as for all members that return promises. */
function read<R>(blob: Blob, convert: (bytes: Uint8Array) => R): Promise<Awaited<R>> {
  try {
    return PromiseResolve(convert(blobContent(blob).bytes))
  } catch (error) {
    return PromiseReject(error)
  }
}

/** https://w3c.github.io/FileAPI/#constructorBlob */
function toContent(parts: unknown, options: BlobOptions | undefined): BlobContent {
  const items = parts === undefined ? [] : toSequence(parts, toPart, 'The parts of a Blob')
  const { endings, type } = toDictionary(options, 'The options of Blob')
  const native = endings !== undefined && toEndings(endings) === 'native'
  const contentType = type === undefined ? '' : normalizeType(toDOMString(type))
  const chunks: Uint8Array[] = []
  let size = 0
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as Uint8Array | string
    const bytes = typeof item === 'string' ? utf8Encode(native ? withNativeEndings(item) : item) : item
    chunks[i] = bytes
    size += TypedArrayPrototypeGetLength(bytes)
  }
  const bytes = new Uint8ArrayConstructor(size)
  let offset = 0
  for (let i = 0; i < chunks.length; i++) {
    const chunk = chunks[i] as Uint8Array
    const length = TypedArrayPrototypeGetLength(chunk)
    // A buffer that a later part detached counts for nothing, and cannot be copied from.
    if (length > 0) TypedArrayPrototypeSet(bytes, chunk, offset)
    offset += length
  }
  return { bytes, type: contentType }
}

function toPart(part: unknown): Uint8Array | string {
  if (typeof part === 'object' && part !== null) {
    const content = contentOf(part)
    if (content !== undefined) return content.bytes
    if (isBufferSource(part)) return bytesOf(part)
  }
  return toUSVString(part)
}

function toEndings(value: unknown): string {
  const endings = `${value as string}`
  if (endings !== 'transparent' && endings !== 'native') {
    throw new TypeErrorConstructor('endings must be "transparent" or "native".')
  }
  return endings
}

/** https://w3c.github.io/FileAPI/#convert-line-endings-to-native: the native ending here is a line feed. */
function withNativeEndings(text: string): string {
  return StringPrototypeReplaceAll(StringPrototypeReplaceAll(text, '\r\n', '\n'), '\r', '\n')
}

function normalizeType(type: string): string {
  return RegExpPrototypeTest(PRINTABLE, type) ? StringPrototypeToLowerCase(type) : ''
}

/** `[Clamp] long long`, counted from the end where it is negative. */
function toOffset(value: unknown, size: number): number {
  const number = +(value as number)
  const offset = NumberIsNaN(number) ? 0 : roundToEven(number)
  return offset < 0 ? MathMax(size + offset, 0) : MathMin(offset, size)
}

function roundToEven(number: number): number {
  const floor = MathFloor(number)
  const rest = number - floor
  return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor
}

// Neither asks `constructor[Symbol.species]`, as subarray() and slice() do: it would be handed the blob's own buffer.

function range(bytes: Uint8Array, from: number, to: number): Uint8Array {
  const offset = TypedArrayPrototypeGetByteOffset(bytes)
  return new Uint8ArrayConstructor(TypedArrayPrototypeGetBuffer(bytes), offset + from, to - from)
}

function copy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8ArrayConstructor(bytes)
}
