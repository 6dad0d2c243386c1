// https://encoding.spec.whatwg.org/#interface-textdecoder
import { lazy } from '../lazy.ts'
import { loadPart } from '../parts.ts'
import {
  ArrayBufferIsView,
  ArrayBufferPrototypeGetDetached,
  DataViewPrototypeGetBuffer,
  RangeErrorConstructor,
  StringPrototypeToLowerCase,
  TypedArrayPrototypeGetBuffer,
  TypedArrayPrototypeGetSymbolToStringTag,
  TypeErrorConstructor,
  Uint8ArrayConstructor,
} from '../primordials.ts'
import { bytesOf, isBufferSource } from '../webidl/buffer-source.ts'
import { toDictionary, toDOMString } from '../webidl/convert.ts'
import { defineInterface } from '../webidl/interface.ts'
import type * as LegacyEncodings from './legacy-encodings.ts'
import type { StreamingDecoder } from './legacy-encodings.ts'
import { createUtf8Decoder } from './utf8-stream-decoder.ts'
import { utf8Decode } from './utf8.ts'

export interface TextDecoderOptions {
  fatal?: boolean
  ignoreBOM?: boolean
}

export interface TextDecodeOptions {
  stream?: boolean
}

const legacy = lazy(() => loadPart('encoding/legacy-encodings.ts') as typeof LegacyEncodings)

export class TextDecoder {
  readonly #encoding: string
  readonly #fatal: boolean
  readonly #ignoreBOM: boolean
  /** Undefined until there is state to keep, which for UTF-8 that comes in one piece is never. */
  #decoder: StreamingDecoder | undefined

  constructor(label?: string, options?: TextDecoderOptions) {
    const encoding = label === undefined ? 'utf-8' : encodingOf(toDOMString(label))
    const { fatal, ignoreBOM } = toDictionary(options, 'The options of TextDecoder')
    if (encoding === undefined) throw new RangeErrorConstructor(`The encoding label '${label}' is unknown.`)
    this.#encoding = encoding
    this.#fatal = Boolean(fatal)
    this.#ignoreBOM = Boolean(ignoreBOM)
  }

  get encoding(): string {
    return this.#encoding
  }

  get fatal(): boolean {
    return this.#fatal
  }

  get ignoreBOM(): boolean {
    return this.#ignoreBOM
  }

  decode(input?: ArrayBuffer | ArrayBufferView, options?: TextDecodeOptions): string {
    const stateless = this.#decoder === undefined && this.#encoding === 'utf-8' && !this.#fatal && !this.#ignoreBOM
    const bytes = input === undefined ? EMPTY : viewOf(input)
    const stream = options === undefined ? false : Boolean(toDictionary(options, 'The options of decode').stream)
    if (stateless && !stream) return utf8Decode(bytes)
    this.#decoder ??= this.#createDecoder()
    return this.#decoder.decode(bytes, { stream })
  }

  #createDecoder(): StreamingDecoder {
    const options = { fatal: this.#fatal, ignoreBOM: this.#ignoreBOM }
    if (this.#encoding === 'utf-8') return createUtf8Decoder(options)
    return legacy().createLegacyDecoder(this.#encoding, options)
  }
}

defineInterface(TextDecoder, 'TextDecoder', { constructor: 0, decode: 0 })

interface ArrayBufferView {
  readonly buffer: ArrayBufferLike
}

const EMPTY = new Uint8ArrayConstructor(0)

function encodingOf(label: string): string | undefined {
  const lower = StringPrototypeToLowerCase(label)
  return lower === 'utf-8' || lower === 'utf8' ? 'utf-8' : legacy().encodingOfLabel(label)
}

function viewOf(input: ArrayBuffer | ArrayBufferView): Uint8Array {
  if (TypedArrayPrototypeGetSymbolToStringTag(input) === 'Uint8Array') return input as Uint8Array
  if (!isBufferSource(input))
    throw new TypeErrorConstructor('TextDecoder.decode needs an ArrayBuffer or a view of one.')
  return ArrayBufferPrototypeGetDetached(bufferOf(input)) ? EMPTY : bytesOf(input)
}

function bufferOf(input: ArrayBuffer | ArrayBufferView): unknown {
  if (!ArrayBufferIsView(input)) return input
  const isDataView = TypedArrayPrototypeGetSymbolToStringTag(input) === undefined
  return isDataView ? DataViewPrototypeGetBuffer(input) : TypedArrayPrototypeGetBuffer(input)
}
