// https://html.spec.whatwg.org/multipage/webappapis.html#atob
import { DOMException } from '../dom/dom-exception.ts'
import { MathFloor, StringPrototypeCharCodeAt, Uint8ArrayConstructor } from '../primordials.ts'
import { requireArguments, toDOMString } from '../webidl/convert.ts'
import { textOfUnits } from './utf8.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const PADDING = 0x3d

// What a character stands for; the others are white space, or mistakes.
const SPACE = 64
const MISTAKE = 65
const CHARACTERS = new Uint8ArrayConstructor(64)
const VALUES = new Uint8ArrayConstructor(128).fill(MISTAKE)
for (let i = 0; i < 64; i++) {
  const code = ALPHABET.charCodeAt(i)
  CHARACTERS[i] = code
  VALUES[code] = i
}
for (const code of [0x09, 0x0a, 0x0c, 0x0d, 0x20]) VALUES[code] = SPACE

/** The base64 of a string of bytes. @throws InvalidCharacterError for characters beyond U+00FF */
export function btoa(data: string): string {
  requireArguments(arguments.length, 1, 'btoa')
  const text = toDOMString(data)
  const { length } = text
  const output = new Uint8ArrayConstructor(MathFloor((length + 2) / 3) * 4)
  let end = 0
  for (let i = 0; i < length; i += 3) {
    const first = StringPrototypeCharCodeAt(text, i)
    const second = i + 1 < length ? StringPrototypeCharCodeAt(text, i + 1) : 0
    const third = i + 2 < length ? StringPrototypeCharCodeAt(text, i + 2) : 0
    if ((first | second | third) > 0xff) throw invalid('btoa takes characters up to U+00FF.')
    output[end] = CHARACTERS[first >> 2] as number
    output[end + 1] = CHARACTERS[((first & 3) << 4) | (second >> 4)] as number
    output[end + 2] = i + 1 < length ? (CHARACTERS[((second & 15) << 2) | (third >> 6)] as number) : PADDING
    output[end + 3] = i + 2 < length ? (CHARACTERS[third & 63] as number) : PADDING
    end += 4
  }
  return textOfUnits(output, end)
}

/**
 * The string of bytes that base64 stands for. @throws InvalidCharacterError
 * https://infra.spec.whatwg.org/#forgiving-base64-decode
 */
export function atob(data: string): string {
  requireArguments(arguments.length, 1, 'atob')
  const text = toDOMString(data)
  const output = new Uint8ArrayConstructor(MathFloor((text.length * 3) / 4) + 3)
  let end = 0
  let bits = 0
  let characters = 0
  let padding = 0
  for (let i = 0; i < text.length; i++) {
    const code = StringPrototypeCharCodeAt(text, i)
    if (code === PADDING) {
      padding += 1
      continue
    }
    const value = code < 128 ? (VALUES[code] as number) : MISTAKE
    if (value === SPACE) continue
    if (value === MISTAKE || padding > 0) throw invalid('atob takes base64.')
    bits = (bits << 6) | value
    characters += 1
    if ((characters & 3) === 0) {
      output[end] = bits >> 16
      output[end + 1] = bits >> 8
      output[end + 2] = bits
      end += 3
      bits = 0
    }
  }
  const left = characters & 3
  if (left === 1 || (padding > 0 && (left === 0 || left + padding !== 4))) throw invalid('atob takes base64.')
  if (left === 2) {
    output[end] = bits >> 4
    end += 1
  } else if (left === 3) {
    output[end] = bits >> 10
    output[end + 1] = bits >> 2
    end += 2
  }
  return textOfUnits(output, end)
}

function invalid(message: string): DOMException {
  return new DOMException(message, 'InvalidCharacterError')
}
