// https://encoding.spec.whatwg.org/#interface-textencoder
import { TypedArrayPrototypeGetSymbolToStringTag, TypeErrorConstructor } from '../primordials.ts'
import { requireArguments, toDOMString } from '../webidl/convert.ts'
import { defineInterface } from '../webidl/interface.ts'
import { utf8Encode, writeUtf8 } from './utf8.ts'

interface EncodeIntoResult {
  /** Code units of the source. */
  read: number
  /** Bytes of the destination. */
  written: number
}

export class TextEncoder {
  /** There is no state; the field is the brand. */
  readonly #encoding = 'utf-8'

  get encoding(): string {
    return this.#encoding
  }

  encode(input?: string): Uint8Array {
    void this.#encoding
    return utf8Encode(input === undefined ? '' : toDOMString(input))
  }

  encodeInto(source: string, destination: Uint8Array): EncodeIntoResult {
    void this.#encoding
    requireArguments(arguments.length, 2, 'TextEncoder.encodeInto')
    const text = toDOMString(source)
    if (TypedArrayPrototypeGetSymbolToStringTag(destination) !== 'Uint8Array') {
      throw new TypeErrorConstructor('TextEncoder.encodeInto needs a Uint8Array.')
    }
    const { read, end } = writeUtf8(text, { from: 0, target: destination, at: 0 })
    return { read, written: end }
  }
}

defineInterface(TextEncoder, 'TextEncoder', { encode: 0 })
