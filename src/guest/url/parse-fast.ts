// The URLs servers see all day, parsed in one pass over the string: absolute http, https, ws or wss, everything already
// in its serialized form. Whatever needs a decision (encoding, case, IDNA, IPv6, credentials, dot segments, default
// ports, white space) gives undefined, and the whole parser of the standard answers: being wrong here is impossible as
// long as what is accepted is its own serialization.
// https://url.spec.whatwg.org/#concept-basic-url-parser
import {
  RegExpPrototypeExec,
  StringPrototypeCharCodeAt,
  StringPrototypeSlice,
  StringPrototypeStartsWith,
  Uint8ArrayConstructor,
} from '../primordials.ts'
import { UrlRecord } from './url-record.ts'

// What a character may be part of without being changed.
const HOST = 1
const PATH = 2
const QUERY = 4
const FRAGMENT = 8

const HASH = 0x23
const PERCENT = 0x25
const DOT = 0x2e
const SLASH = 0x2f
const ZERO = 0x30
const NINE = 0x39
const COLON = 0x3a
const QUESTION_MARK = 0x3f

// Filled by loops without regular expressions: every context does this before anything else.
const CLASS = new Uint8ArrayConstructor(128).fill(PATH | QUERY | FRAGMENT, 0x21, 0x7f)
setBits('abcdefghijklmnopqrstuvwxyz0123456789._-', HOST, 0)
setBits('"#<>?\\^`{}', 0, PATH)
setBits('"#\'<>', 0, QUERY)
setBits('"<>`', 0, FRAGMENT)

function setBits(characters: string, added: number, removed: number): void {
  for (let i = 0; i < characters.length; i++) {
    const code = StringPrototypeCharCodeAt(characters, i)
    CLASS[code] = ((CLASS[code] as number) | added) & ~removed
  }
}

/** Addresses as they are serialized; every other host whose last label begins with a digit needs the whole parser. */
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/

// The findings of `scanFromPath`, beside its answer: an object would cost more than the scan.
let queryFrom = 0
let fragmentFrom = 0

/** An absolute URL, if nothing about it is unusual. */
export function parseFast(input: string): UrlRecord | undefined {
  let hostStart: number
  let defaultPort = 443
  if (StringPrototypeStartsWith(input, 'https://')) hostStart = 8
  else if (StringPrototypeStartsWith(input, 'http://')) {
    hostStart = 7
    defaultPort = 80
  } else if (StringPrototypeStartsWith(input, 'wss://')) hostStart = 6
  else if (StringPrototypeStartsWith(input, 'ws://')) {
    hostStart = 5
    defaultPort = 80
  } else return undefined

  const hostEnd = endOfHost(input, hostStart)
  if (hostEnd === -1) return undefined
  let pathStart = hostEnd
  let code = StringPrototypeCharCodeAt(input, hostEnd)
  if (code === COLON) {
    pathStart = endOfPort(input, hostEnd + 1, defaultPort)
    if (pathStart === -1) return undefined
    code = StringPrototypeCharCodeAt(input, pathStart)
  }
  if (code === SLASH) {
    if (!scanFromPath(input, pathStart)) return undefined
    return new UrlRecord(input, hostStart - 2, hostStart, hostEnd, pathStart, queryFrom, fragmentFrom)
  }
  // The empty path is serialized as '/'.
  if (pathStart !== input.length && code !== QUESTION_MARK && code !== HASH) return undefined
  const href = `${StringPrototypeSlice(input, 0, pathStart)}/${StringPrototypeSlice(input, pathStart)}`
  if (!scanFromPath(href, pathStart)) return undefined
  return new UrlRecord(href, hostStart - 2, hostStart, hostEnd, pathStart, queryFrom, fragmentFrom)
}

/** A reference that begins with one '/', or is only a query, against a base that `parseFast` would accept. */
export function resolveFast(input: string, base: UrlRecord): UrlRecord | undefined {
  if (!isWebLike(base)) return undefined
  const code = StringPrototypeCharCodeAt(input, 0)
  let keep = base.pathStart
  if (code === QUESTION_MARK) keep = base.searchStart
  else if (code !== SLASH || StringPrototypeCharCodeAt(input, 1) === SLASH) return undefined
  const href = StringPrototypeSlice(base.href, 0, keep) + input
  if (!scanFromPath(href, base.pathStart)) return undefined
  return new UrlRecord(href, base.protocolEnd, base.hostStart, base.hostEnd, base.pathStart, queryFrom, fragmentFrom)
}

/** Whether the scheme is one that `parseFast` knows; they all have a host and the same rules. */
export function isWebLike(record: UrlRecord): boolean {
  const { href } = record
  return (
    StringPrototypeStartsWith(href, 'http://') ||
    StringPrototypeStartsWith(href, 'https://') ||
    StringPrototypeStartsWith(href, 'wss://') ||
    StringPrototypeStartsWith(href, 'ws://')
  )
}

export function isPlainHost(text: string): boolean {
  return text !== '' && endOf(text, 0, HOST) === text.length
}

export function isPlainPath(text: string): boolean {
  return StringPrototypeCharCodeAt(text, 0) === SLASH && endOfPath(text, 0) === text.length
}

export function isPlainQuery(text: string): boolean {
  return endOf(text, 0, QUERY) === text.length
}

export function isPlainFragment(text: string): boolean {
  return endOf(text, 0, FRAGMENT) === text.length
}

/** Where the host ends, or -1. */
function endOfHost(input: string, start: number): number {
  let labelStart = start
  let i = start
  for (; i < input.length; i++) {
    const code = StringPrototypeCharCodeAt(input, i)
    if (((CLASS[code] as number) & HOST) === 0) break
    if (code === DOT) labelStart = i + 1
  }
  if (labelStart === i) return -1
  const first = StringPrototypeCharCodeAt(input, labelStart)
  if (first < ZERO || first > NINE) return i
  return RegExpPrototypeExec(IPV4, StringPrototypeSlice(input, start, i)) === null ? -1 : i
}

/** Where the port ends, or -1. */
function endOfPort(input: string, start: number, defaultPort: number): number {
  let port = 0
  let i = start
  for (; i < input.length; i++) {
    const code = StringPrototypeCharCodeAt(input, i)
    if (code < ZERO || code > NINE) break
    port = port * 10 + (code - ZERO)
    // Also ends leading zeros, which are not serialized.
    if (port === 0 || port > 65_535) return -1
  }
  return i === start || port === defaultPort ? -1 : i
}

/** Whether path, query and fragment are plain; sets `queryFrom` and `fragmentFrom`. */
function scanFromPath(input: string, start: number): boolean {
  let i = endOfPath(input, start)
  if (i === -1) return false
  queryFrom = i
  if (StringPrototypeCharCodeAt(input, i) === QUESTION_MARK) i = endOf(input, i + 1, QUERY)
  fragmentFrom = i
  if (StringPrototypeCharCodeAt(input, i) === HASH) i = endOf(input, i + 1, FRAGMENT)
  return i === input.length
}

/** Where a path that begins with '/' ends, or -1 if a segment may be a dot segment. */
function endOfPath(input: string, start: number): number {
  let i = start
  for (; i < input.length; i++) {
    const code = StringPrototypeCharCodeAt(input, i)
    if (code === SLASH) {
      const next = StringPrototypeCharCodeAt(input, i + 1)
      if (next === DOT) {
        // '/.well-known' is no dot segment; the few others that are none may take the long way.
        const third = StringPrototypeCharCodeAt(input, i + 2)
        if (third === DOT || ((CLASS[third] as number) & HOST) === 0) return -1
      } else if (next === PERCENT && StringPrototypeCharCodeAt(input, i + 2) === 0x32) return -1
    } else if (((CLASS[code] as number) & PATH) === 0) break
  }
  return i
}

function endOf(input: string, start: number, kind: number): number {
  let i = start
  while (i < input.length && ((CLASS[StringPrototypeCharCodeAt(input, i)] as number) & kind) !== 0) i += 1
  return i
}
