// application/x-www-form-urlencoded. https://url.spec.whatwg.org/#application/x-www-form-urlencoded
import { utf8DecodeWithoutBom, utf8Encode } from '../encoding/utf8.ts'
import {
  ArrayPrototypePush,
  StringFromCharCode,
  StringPrototypeCharCodeAt,
  StringPrototypeIndexOf,
  StringPrototypeSlice,
  TypedArrayPrototypeGetLength,
  TypedArrayPrototypeSubarray,
  Uint8ArrayConstructor,
} from '../primordials.ts'

export type NameValue = [name: string, value: string]

const PERCENT = 0x25
const PLUS = 0x2b
const SPACE = 0x20

/** https://url.spec.whatwg.org/#concept-urlencoded-parser */
export function parseUrlencoded(input: string): NameValue[] {
  const pairs: NameValue[] = []
  let start = 0
  while (start < input.length) {
    const ampersand = StringPrototypeIndexOf(input, '&', start)
    const end = ampersand === -1 ? input.length : ampersand
    if (end > start) {
      const equals = StringPrototypeIndexOf(input, '=', start)
      const hasValue = equals !== -1 && equals < end
      const name = decodePart(StringPrototypeSlice(input, start, hasValue ? equals : end))
      ArrayPrototypePush(pairs, [name, hasValue ? decodePart(StringPrototypeSlice(input, equals + 1, end)) : ''])
    }
    start = end + 1
  }
  return pairs
}

/** https://url.spec.whatwg.org/#concept-urlencoded-serializer */
export function serializeUrlencoded(pairs: readonly NameValue[]): string {
  let output = ''
  for (let i = 0; i < pairs.length; i++) {
    const pair = pairs[i] as NameValue
    output += `${i === 0 ? '' : '&'}${encodePart(pair[0])}=${encodePart(pair[1])}`
  }
  return output
}

function decodePart(text: string): string {
  if (StringPrototypeIndexOf(text, '%') === -1 && StringPrototypeIndexOf(text, '+') === -1) return text
  const bytes = utf8Encode(text)
  const end = TypedArrayPrototypeGetLength(bytes)
  let length = 0
  for (let i = 0; i < end; i++) {
    let byte = bytes[i] as number
    if (byte === PLUS) byte = SPACE
    else if (byte === PERCENT) {
      const high = hexDigit(bytes[i + 1])
      const low = hexDigit(bytes[i + 2])
      if (high !== -1 && low !== -1) {
        byte = high * 16 + low
        i += 2
      }
    }
    bytes[length] = byte
    length += 1
  }
  return utf8DecodeWithoutBom(TypedArrayPrototypeSubarray(bytes, 0, length) as Uint8Array)
}

function hexDigit(code: number | undefined): number {
  if (code === undefined) return -1
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const letter = code | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

const HEX = '0123456789ABCDEF'
const KEPT_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*._-'
const KEPT = new Uint8ArrayConstructor(128)
for (let i = 0; i < KEPT_CHARACTERS.length; i++) KEPT[StringPrototypeCharCodeAt(KEPT_CHARACTERS, i)] = 1
function encodeByte(byte: number): string {
  if (byte === SPACE) return '+'
  if (KEPT[byte] === 1) return StringFromCharCode(byte)
  return `%${HEX[byte >> 4]}${HEX[byte & 15]}`
}

function encodePart(text: string): string {
  let i = 0
  while (i < text.length && KEPT[StringPrototypeCharCodeAt(text, i)] === 1) i += 1
  if (i === text.length) return text
  const bytes = utf8Encode(text)
  const end = TypedArrayPrototypeGetLength(bytes)
  let output = StringPrototypeSlice(text, 0, i)
  for (; i < end; i++) output += encodeByte(bytes[i] as number)
  return output
}
