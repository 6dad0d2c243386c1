// multipart/form-data, both ways.
import { concatBytes } from '../encoding/concat-bytes.ts'
import { utf8Decode, utf8DecodeWithoutBom, utf8Encode } from '../encoding/utf8.ts'
import { blobContent, makeBlob } from '../file/blob.ts'
import { fileDetails, makeFile } from '../file/file.ts'
import {
  ArrayPrototypePush,
  MathFloor,
  MathRandom,
  NumberPrototypeToString,
  RegExpPrototypeExec,
  StringPrototypeIndexOf,
  StringPrototypePadStart,
  StringPrototypeReplaceAll,
  StringPrototypeSlice,
  StringPrototypeToLowerCase,
  StringPrototypeTrim,
  TypedArrayPrototypeGetBuffer,
  TypedArrayPrototypeGetByteOffset,
  TypedArrayPrototypeGetLength,
  TypedArrayPrototypeIndexOf,
  TypeErrorConstructor,
  Uint8ArrayConstructor,
} from '../primordials.ts'
import { appendEntry, FormData, formEntries } from './form-data.ts'

const CR = 0x0d
const LF = 0x0a
const DASH = 0x2d
const MAX_BOUNDARY = 70

const DISPOSITION = /^form-data[ \t]*(?=;|$)/i
/** A parameter, quoted as every browser writes it, or bare as some clients do. */
const PARAMETER = /^;[ \t]*([^=;" \t]+)=(?:"([^"]*)"|([^";, \t]*))[ \t]*/

interface PartHeaders {
  readonly name: string
  readonly filename: string | undefined
  readonly type: string
  /** Where the content begins. */
  readonly end: number
}

/**
 * https://andreubotella.github.io/multipart-form-data/#multipart-form-data-parser
 * @throws TypeError for whatever a browser would not send; no form is better than half of one
 */
export function parseMultipart(bytes: Uint8Array, boundary: string): FormData {
  if (boundary.length === 0 || boundary.length > MAX_BOUNDARY) throw malformed('its boundary has a wrong length')
  const form = new FormData()
  const delimiter = utf8Encode(`\r\n--${boundary}`)
  const delimiterLength = TypedArrayPrototypeGetLength(delimiter)
  // The first delimiter has no line before it that it would end.
  if (!matches(bytes, { pattern: delimiter, skip: 2, at: 0 })) throw malformed('it does not begin with its boundary')
  let at = delimiterLength - 2
  while (!isEnd(bytes, at)) {
    if (!isLineEnd(bytes, at)) throw malformed('a boundary is followed by something else')
    const { end: start, filename, name, type } = parseHeaders(bytes, at + 2)
    const end = find(bytes, delimiter, start)
    if (end === -1) throw malformed('a part has no end')
    const content = view(bytes, start, end)
    if (filename === undefined) appendEntry(form, name, utf8DecodeWithoutBom(content))
    else appendEntry(form, name, makeFile(blobContent(makeBlob(content, type)), { name: filename }))
    at = end + delimiterLength
  }
  return form
}

/** https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data */
export function serializeMultipart(form: FormData): { bytes: Uint8Array<ArrayBuffer>; contentType: string } {
  const boundary = `----formdata-isopod-${randomDigits()}${randomDigits()}`
  const chunks: Uint8Array[] = []
  const entries = formEntries(form)
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i] as (typeof entries)[number]
    const value = entry[1]
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(toCrlf(entry[0]))}"`
    if (typeof value === 'string') {
      ArrayPrototypePush(chunks, utf8Encode(`${head}\r\n\r\n${toCrlf(value)}\r\n`))
    } else {
      const { bytes, type } = blobContent(value)
      const filename = escapeName(fileDetails(value)?.name ?? '')
      const contentType = type === '' ? 'application/octet-stream' : type
      const text = `${head}; filename="${filename}"\r\nContent-Type: ${contentType}\r\n\r\n`
      ArrayPrototypePush(chunks, utf8Encode(text), bytes, LINE_END)
    }
  }
  ArrayPrototypePush(chunks, utf8Encode(`--${boundary}--\r\n`))
  return { bytes: concatBytes(chunks), contentType: `multipart/form-data; boundary=${boundary}` }
}

const LINE_END = utf8Encode('\r\n')

function malformed(why: string): TypeError {
  return new TypeErrorConstructor(`The body is no multipart form: ${why}.`)
}

/** The lines up to an empty one. */
function parseHeaders(bytes: Uint8Array, start: number): PartHeaders {
  let at = start
  let disposition: { name: string; filename: string | undefined } | undefined
  let type = 'text/plain'
  while (!isLineEnd(bytes, at)) {
    const end = find(bytes, LINE_END, at)
    if (end === -1) throw malformed('its headers have no end')
    const line = utf8Decode(view(bytes, at, end))
    const colon = StringPrototypeIndexOf(line, ':')
    if (colon <= 0) throw malformed('a header has no name')
    const value = StringPrototypeTrim(StringPrototypeSlice(line, colon + 1))
    const header = StringPrototypeToLowerCase(StringPrototypeSlice(line, 0, colon))
    if (header === 'content-disposition') disposition = parseDisposition(value)
    else if (header === 'content-type') type = value
    at = end + 2
  }
  if (disposition === undefined) throw malformed('a part has no Content-Disposition')
  return { name: disposition.name, filename: disposition.filename, type, end: at + 2 }
}

function parseDisposition(value: string): { name: string; filename: string | undefined } {
  const kind = RegExpPrototypeExec(DISPOSITION, value)?.[0]
  if (kind === undefined) throw malformed('a part is no form-data')
  let rest = StringPrototypeSlice(value, kind.length)
  let name: string | undefined
  let filename: string | undefined
  while (rest !== '') {
    const match = RegExpPrototypeExec(PARAMETER, rest)
    if (match === null) throw malformed('a Content-Disposition cannot be read')
    const text = unescapeName(match[2] ?? match[3] ?? '')
    const key = StringPrototypeToLowerCase(match[1] as string)
    if (key === 'name') name ??= text
    else if (key === 'filename') filename ??= text
    rest = StringPrototypeSlice(rest, match[0].length)
  }
  if (name === undefined) throw malformed('a part has no name')
  return { name, filename }
}

/** Two dashes, and nothing but an end of line after them. */
function isEnd(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== DASH || bytes[at + 1] !== DASH) return false
  const rest = TypedArrayPrototypeGetLength(bytes) - at - 2
  if (rest === 0 || (rest === 2 && isLineEnd(bytes, at + 2))) return true
  throw malformed('something follows its end')
}

function isLineEnd(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === CR && bytes[at + 1] === LF
}

/** The next place of a pattern that begins with a carriage return; -1 if there is none. */
function find(bytes: Uint8Array, pattern: Uint8Array, from: number): number {
  for (let at = from; ; at++) {
    at = TypedArrayPrototypeIndexOf(bytes, CR, at)
    if (at === -1 || matches(bytes, { pattern, skip: 1, at: at + 1 })) return at
  }
}

/** Whether the pattern, without its first `skip` bytes, is at the place. */
function matches(bytes: Uint8Array, { pattern, skip, at }: { pattern: Uint8Array; skip: number; at: number }): boolean {
  const length = TypedArrayPrototypeGetLength(pattern)
  for (let i = skip; i < length; i++) if (bytes[at + i - skip] !== pattern[i]) return false
  return true
}

function view(bytes: Uint8Array, from: number, to: number): Uint8Array {
  const offset = TypedArrayPrototypeGetByteOffset(bytes)
  return new Uint8ArrayConstructor(TypedArrayPrototypeGetBuffer(bytes), offset + from, to - from)
}

function randomDigits(): string {
  return StringPrototypePadStart(NumberPrototypeToString(MathFloor(MathRandom() * 1e14)), 14, '0')
}

function toCrlf(text: string): string {
  const lines = StringPrototypeReplaceAll(StringPrototypeReplaceAll(text, '\r\n', '\n'), '\r', '\n')
  return StringPrototypeReplaceAll(lines, '\n', '\r\n')
}

function escapeName(text: string): string {
  const lines = StringPrototypeReplaceAll(StringPrototypeReplaceAll(text, '\n', '%0A'), '\r', '%0D')
  return StringPrototypeReplaceAll(lines, '"', '%22')
}

function unescapeName(text: string): string {
  const lines = StringPrototypeReplaceAll(StringPrototypeReplaceAll(text, '%0A', '\n'), '%0D', '\r')
  return StringPrototypeReplaceAll(lines, '%22', '"')
}
