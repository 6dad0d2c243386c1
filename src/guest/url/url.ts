// https://url.spec.whatwg.org/#url-class
import { lazy } from '../lazy.ts'
import { loadPart } from '../parts.ts'
import {
  ReflectDeleteProperty,
  StringPrototypeIndexOf,
  StringPrototypeSlice,
  StringPrototypeStartsWith,
  TypeErrorConstructor,
} from '../primordials.ts'
import { requireArguments, toDOMString } from '../webidl/convert.ts'
import { defineInterface } from '../webidl/interface.ts'
import { assignFast, withQuery } from './assign-fast.ts'
import { isWebLike } from './parse-fast.ts'
import type { UrlAttribute } from './parse-slow.ts'
import { assignAttribute, parseUrl } from './parse.ts'
import type * as ObjectUrls from './object-urls.ts'
import { linkedSearchParams, setSearchParamsQuery, type URLSearchParams } from './url-search-params.ts'
import type { UrlRecord } from './url-record.ts'

const objectUrls = lazy(() => loadPart('url/object-urls.ts') as typeof ObjectUrls)

export class URL {
  #record: UrlRecord
  /** Made when asked for; from then on the two follow each other. */
  #params: URLSearchParams | undefined

  constructor(url: string | URL, base?: string | URL) {
    requireArguments(arguments.length, 1, 'URL')
    const input = toDOMString(url)
    const record = parseAgainst(input, base === undefined ? undefined : toDOMString(base))
    if (record === undefined) throw new TypeErrorConstructor(`Invalid URL: ${shorten(input)}`)
    this.#record = record
  }

  static canParse(url: string | URL, base?: string | URL): boolean {
    requireArguments(arguments.length, 1, 'URL.canParse')
    return parseAgainst(toDOMString(url), base === undefined ? undefined : toDOMString(base)) !== undefined
  }

  static parse(url: string | URL, base?: string | URL): URL | null {
    requireArguments(arguments.length, 1, 'URL.parse')
    const record = parseAgainst(toDOMString(url), base === undefined ? undefined : toDOMString(base))
    return record === undefined ? null : fromRecord(record)
  }

  static createObjectURL(blob: unknown): string {
    requireArguments(arguments.length, 1, 'URL.createObjectURL')
    return objectUrls().createObjectUrl(blob)
  }

  static revokeObjectURL(url: string): void {
    requireArguments(arguments.length, 1, 'URL.revokeObjectURL')
    objectUrls().revokeObjectUrl(toDOMString(url))
  }

  static fromRecord(record: UrlRecord): URL {
    const url = new URL('http://placeholder/')
    url.#record = record
    return url
  }

  get href(): string {
    return this.#record.href
  }

  set href(value: string) {
    const text = toDOMString(value)
    const record = parseUrl(text)
    if (record === undefined) throw new TypeErrorConstructor(`Invalid URL: ${shorten(text)}`)
    this.#record = record
    this.#followQuery()
  }

  get origin(): string {
    return originOf(this.#record)
  }

  get protocol(): string {
    return StringPrototypeSlice(this.#record.href, 0, this.#record.protocolEnd)
  }

  set protocol(value: string) {
    this.#assign('protocol', value)
  }

  get username(): string {
    const credentials = credentialsOf(this.#record)
    const colon = StringPrototypeIndexOf(credentials, ':')
    return colon === -1 ? credentials : StringPrototypeSlice(credentials, 0, colon)
  }

  set username(value: string) {
    this.#assign('username', value)
  }

  get password(): string {
    const credentials = credentialsOf(this.#record)
    const colon = StringPrototypeIndexOf(credentials, ':')
    return colon === -1 ? '' : StringPrototypeSlice(credentials, colon + 1)
  }

  set password(value: string) {
    this.#assign('password', value)
  }

  get host(): string {
    const { href, hostStart, hostEnd, pathStart, protocolEnd } = this.#record
    return StringPrototypeSlice(href, hostStart, hostStart === protocolEnd ? hostEnd : pathStart)
  }

  set host(value: string) {
    this.#assign('host', value)
  }

  get hostname(): string {
    const { href, hostStart, hostEnd } = this.#record
    return StringPrototypeSlice(href, hostStart, hostEnd)
  }

  set hostname(value: string) {
    this.#assign('hostname', value)
  }

  get port(): string {
    const { href, hostStart, hostEnd, pathStart, protocolEnd } = this.#record
    return hostStart === protocolEnd ? '' : StringPrototypeSlice(href, hostEnd + 1, pathStart)
  }

  set port(value: string) {
    this.#assign('port', value)
  }

  get pathname(): string {
    const { href, pathStart, searchStart } = this.#record
    return StringPrototypeSlice(href, pathStart, searchStart)
  }

  set pathname(value: string) {
    this.#assign('pathname', value)
  }

  get search(): string {
    const { href, searchStart, hashStart } = this.#record
    return hashStart - searchStart <= 1 ? '' : StringPrototypeSlice(href, searchStart, hashStart)
  }

  set search(value: string) {
    this.#assign('search', value)
    this.#followQuery()
  }

  get searchParams(): URLSearchParams {
    if (this.#params === undefined) {
      const params = linkedSearchParams((query) => {
        this.#record = withQuery(this.#record, query === '' ? '' : `?${query}`)
      })
      this.#params = params
      this.#followQuery()
      return params
    }
    return this.#params
  }

  get hash(): string {
    const { href, hashStart } = this.#record
    return href.length - hashStart <= 1 ? '' : StringPrototypeSlice(href, hashStart)
  }

  set hash(value: string) {
    this.#assign('hash', value)
  }

  toString(): string {
    return this.#record.href
  }

  toJSON(): string {
    return this.#record.href
  }

  #assign(attribute: UrlAttribute, value: unknown): void {
    const text = toDOMString(value)
    this.#record = assignFast(this.#record, attribute, text) ?? assignAttribute(this.#record, attribute, text)
  }

  #followQuery(): void {
    if (this.#params === undefined) return
    const { href, searchStart, hashStart } = this.#record
    setSearchParamsQuery(this.#params, StringPrototypeSlice(href, searchStart + 1, hashStart))
  }
}

// `fromRecord` is for `parse` alone; tenants see the class without it.
const { fromRecord } = URL
ReflectDeleteProperty(URL, 'fromRecord')

defineInterface(URL, 'URL', { constructor: 1, canParse: 1, parse: 1 })

function parseAgainst(input: string, base: string | undefined): UrlRecord | undefined {
  if (base === undefined) return parseUrl(input)
  const baseRecord = parseUrl(base)
  return baseRecord === undefined ? undefined : parseUrl(input, baseRecord)
}

/** https://url.spec.whatwg.org/#concept-url-origin */
function originOf(record: UrlRecord): string {
  const { href, protocolEnd, hostStart, pathStart } = record
  const authorityStart = protocolEnd + 2
  if (isWebLike(record) || StringPrototypeStartsWith(href, 'ftp://')) {
    if (hostStart === authorityStart) return StringPrototypeSlice(href, 0, pathStart)
    return StringPrototypeSlice(href, 0, authorityStart) + StringPrototypeSlice(href, hostStart, pathStart)
  }
  if (!StringPrototypeStartsWith(href, 'blob:')) return 'null'
  const inner = parseUrl(StringPrototypeSlice(href, pathStart, record.searchStart))
  if (inner === undefined || !StringPrototypeStartsWith(inner.href, 'http')) return 'null'
  return isWebLike(inner) ? originOf(inner) : 'null'
}

/** 'user:password', or what there is of it. */
function credentialsOf({ href, protocolEnd, hostStart }: UrlRecord): string {
  return hostStart <= protocolEnd + 2 ? '' : StringPrototypeSlice(href, protocolEnd + 2, hostStart - 1)
}

/** Inputs can be megabytes, and messages end up in logs. */
function shorten(text: string): string {
  return text.length > 200 ? `${StringPrototypeSlice(text, 0, 200)}…` : text
}
