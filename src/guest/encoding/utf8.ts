// UTF-8 both ways, for bodies, forms and the Encoding API.
// https://encoding.spec.whatwg.org/#utf-8
import {
  MathMin,
  StringFromCharCode,
  StringPrototypeCharCodeAt,
  TypedArrayPrototypeGetLength,
  TypedArrayPrototypeSet,
  TypedArrayPrototypeSubarray,
  TypeErrorConstructor,
  Uint16ArrayConstructor,
  Uint8ArrayConstructor,
} from '../primordials.ts'

const REPLACEMENT = 0xfffd

/** The bytes of a text, in a buffer of their own; lone surrogates become U+FFFD. */
export function utf8Encode(text: string): Uint8Array {
  const { length } = text
  const bytes = new Uint8ArrayConstructor(length)
  for (let i = 0; i < length; i++) {
    const code = StringPrototypeCharCodeAt(text, i)
    if (code > 0x7f) return encodeFrom(text, i, bytes)
    bytes[i] = code
  }
  return bytes
}

/** @param from - the first character that is not ASCII; `ascii` holds what comes before it */
function encodeFrom(text: string, from: number, ascii: Uint8Array): Uint8Array {
  const { length } = text
  let size = from
  for (let i = from; i < length; i++) {
    const code = StringPrototypeCharCodeAt(text, i)
    if (code < 0x80) size += 1
    else if (code < 0x800) size += 2
    else if (isPair(text, i)) {
      size += 4
      i += 1
    } else size += 3
  }
  const bytes = new Uint8ArrayConstructor(size)
  TypedArrayPrototypeSet(bytes, TypedArrayPrototypeSubarray(ascii, 0, from))
  writeUtf8(text, { from, target: bytes, at: from })
  return bytes
}

interface WriteOptions {
  /** The character to begin with. */
  readonly from: number
  readonly target: Uint8Array
  /** Where in the target to begin. */
  readonly at: number
}

interface Written {
  /** The character after the last that was written. */
  readonly read: number
  /** The position after the last byte that was written. */
  readonly end: number
}

/** Writes as many whole characters as fit. */
export function writeUtf8(text: string, { from, target, at }: WriteOptions): Written {
  const { length } = text
  const capacity = TypedArrayPrototypeGetLength(target)
  let end = at
  let i = from
  for (; i < length; i++) {
    let code = StringPrototypeCharCodeAt(text, i)
    if (code < 0x80) {
      if (end >= capacity) break
      target[end++] = code
    } else if (code < 0x800) {
      if (end + 2 > capacity) break
      target[end++] = 0xc0 | (code >> 6)
      target[end++] = 0x80 | (code & 0x3f)
    } else if (isPair(text, i)) {
      if (end + 4 > capacity) break
      i += 1
      code = 0x10000 + ((code & 0x3ff) << 10) + (StringPrototypeCharCodeAt(text, i) & 0x3ff)
      target[end++] = 0xf0 | (code >> 18)
      target[end++] = 0x80 | ((code >> 12) & 0x3f)
      target[end++] = 0x80 | ((code >> 6) & 0x3f)
      target[end++] = 0x80 | (code & 0x3f)
    } else {
      if (end + 3 > capacity) break
      if ((code & 0xf800) === 0xd800) code = REPLACEMENT
      target[end++] = 0xe0 | (code >> 12)
      target[end++] = 0x80 | ((code >> 6) & 0x3f)
      target[end++] = 0x80 | (code & 0x3f)
    }
  }
  return { read: i, end }
}

/** Whether a surrogate pair begins here. */
function isPair(text: string, i: number): boolean {
  return (
    (StringPrototypeCharCodeAt(text, i) & 0xfc00) === 0xd800 &&
    (StringPrototypeCharCodeAt(text, i + 1) & 0xfc00) === 0xdc00
  )
}

/** The text of bytes; malformed parts become U+FFFD, and a byte order mark at the beginning is dropped. */
export function utf8Decode(bytes: Uint8Array): string {
  return decodeUtf8(hasBom(bytes) ? (TypedArrayPrototypeSubarray(bytes, 3) as Uint8Array) : bytes, 'replacement')
}

export function utf8DecodeWithoutBom(bytes: Uint8Array): string {
  return decodeUtf8(bytes, 'replacement')
}

export function hasBom(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
}

/** Code units that are decoded before they become text. */
const CHUNK = 1024

/** @throws TypeError for malformed bytes when `errors` is 'fatal' */
export function decodeUtf8(bytes: Uint8Array, errors: 'replacement' | 'fatal'): string {
  // Tenants can pass subclasses with a `length` of their own.
  const length = TypedArrayPrototypeGetLength(bytes)
  let ascii = 0
  while (ascii < length && (bytes[ascii] as number) < 0x80) ascii += 1
  const prefix = textOfUnits(bytes, ascii)
  return ascii === length ? prefix : prefix + decodeFrom(bytes, { from: ascii, length, errors })
}

/** Bytes, or UTF-16 code units, as the characters of the same numbers. */
export function textOfUnits(units: Uint8Array | Uint16Array, length: number): string {
  let text = ''
  let i = 0
  // Twice as fast as `apply` on the array, which makes a list of it first; and no getter of a tenant is asked.
  for (; i + 16 <= length; i += 16) {
    text += StringFromCharCode(
      units[i] as number,
      units[i + 1] as number,
      units[i + 2] as number,
      units[i + 3] as number,
      units[i + 4] as number,
      units[i + 5] as number,
      units[i + 6] as number,
      units[i + 7] as number,
      units[i + 8] as number,
      units[i + 9] as number,
      units[i + 10] as number,
      units[i + 11] as number,
      units[i + 12] as number,
      units[i + 13] as number,
      units[i + 14] as number,
      units[i + 15] as number,
    )
  }
  for (; i < length; i++) text += StringFromCharCode(units[i] as number)
  return text
}

interface DecodeOptions {
  readonly from: number
  readonly length: number
  readonly errors: 'replacement' | 'fatal'
}

/** https://encoding.spec.whatwg.org/#utf-8-decoder */
function decodeFrom(bytes: Uint8Array, { from, length, errors }: DecodeOptions): string {
  const units = new Uint16ArrayConstructor(MathMin(length - from, CHUNK) + 1)
  let text = ''
  let filled = 0
  let i = from
  while (i < length) {
    if (filled >= CHUNK) {
      text += textOfUnits(units, filled)
      filled = 0
    }
    const lead = bytes[i] as number
    i += 1
    if (lead < 0x80) {
      units[filled++] = lead
      continue
    }
    const more = continuations(lead)
    let code = lead & (0x3f >> more)
    let seen = 0
    while (seen < more && i < length && isContinuation(lead, seen, bytes[i] as number)) {
      code = (code << 6) | ((bytes[i] as number) & 0x3f)
      i += 1
      seen += 1
    }
    if (more === 0 || seen < more) {
      if (errors === 'fatal') throw new TypeErrorConstructor('The bytes are not valid UTF-8.')
      units[filled++] = REPLACEMENT
    } else if (code > 0xffff) {
      units[filled++] = 0xd7c0 + (code >> 10)
      units[filled++] = 0xdc00 | (code & 0x3ff)
    } else units[filled++] = code
  }
  return text + textOfUnits(units, filled)
}

/** How many bytes follow a lead byte; 0 for a byte that cannot lead. */
function continuations(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 0
  return lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3
}

/** Whether a byte may stand at a position after the lead; the first is bounded so that nothing has two encodings. */
function isContinuation(lead: number, position: number, byte: number): boolean {
  if (position === 0) {
    if (lead === 0xe0) return byte >= 0xa0 && byte <= 0xbf
    if (lead === 0xed) return byte >= 0x80 && byte <= 0x9f
    if (lead === 0xf0) return byte >= 0x90 && byte <= 0xbf
    if (lead === 0xf4) return byte >= 0x80 && byte <= 0x8f
  }
  return byte >= 0x80 && byte <= 0xbf
}

/** How many bytes at the end are the beginning of a character whose rest may still come. */
export function unfinishedBytes(bytes: Uint8Array): number {
  const length = TypedArrayPrototypeGetLength(bytes)
  for (let tail = 1; tail <= 3 && tail <= length; tail++) {
    const lead = bytes[length - tail] as number
    if (lead < 0x80) return 0
    if (lead < 0xc0) continue
    if (continuations(lead) < tail) return 0
    for (let i = 1; i < tail; i++) {
      if (!isContinuation(lead, i - 1, bytes[length - tail + i] as number)) return 0
    }
    return tail
  }
  return 0
}
