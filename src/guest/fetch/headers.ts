// https://fetch.spec.whatwg.org/#headers-class
import {
  ArrayPrototypePush,
  ReflectApply,
  ObjectGetOwnPropertyDescriptor,
  SymbolIterator,
  TypeErrorConstructor,
} from '../primordials.ts'
import { toByteString, toStringPairs } from '../webidl/convert-strings.ts'
import { requireArguments } from '../webidl/convert.ts'
import { defineInterface } from '../webidl/interface.ts'
import { definePairIterable } from '../webidl/pair-iterable.ts'
import { HeaderList, toHeaderName, toHeaderValue } from './header-list.ts'

export type HeadersInit = Headers | Iterable<readonly string[]> | Record<string, string>

export class Headers {
  #list = new HeaderList()
  #immutable = false

  constructor(init?: HeadersInit) {
    if (init !== undefined) fillHeaders(this, init)
  }

  append(name: string, value: string): void {
    requireArguments(arguments.length, 2, 'Headers.append')
    const written = toByteString(name)
    const key = toHeaderName(written)
    const text = toHeaderValue(toByteString(value))
    this.#assertMutable()
    this.#list.append(key, text)
    this.#list.keepCasing(key, written)
  }

  delete(name: string): void {
    requireArguments(arguments.length, 1, 'Headers.delete')
    const key = toHeaderName(toByteString(name))
    this.#assertMutable()
    this.#list.delete(key)
  }

  get(name: string): string | null {
    requireArguments(arguments.length, 1, 'Headers.get')
    // A name that is in the list is a valid one in lower case: nearly all are.
    const value = typeof name === 'string' ? this.#list.get(name) : null
    return value ?? this.#list.get(toHeaderName(toByteString(name)))
  }

  getSetCookie(): string[] {
    const { names, values } = this.#list
    const cookies: string[] = []
    for (let i = 0; i < names.length; i++) {
      if (names[i] === 'set-cookie') ArrayPrototypePush(cookies, values[i] as string)
    }
    return cookies
  }

  has(name: string): boolean {
    requireArguments(arguments.length, 1, 'Headers.has')
    return (typeof name === 'string' && this.#list.has(name)) || this.#list.has(toHeaderName(toByteString(name)))
  }

  set(name: string, value: string): void {
    requireArguments(arguments.length, 2, 'Headers.set')
    const written = toByteString(name)
    const key = toHeaderName(written)
    const text = toHeaderValue(toByteString(value))
    this.#assertMutable()
    this.#list.set(key, text)
    this.#list.keepCasing(key, written)
  }

  #assertMutable(): void {
    if (this.#immutable) throw new TypeErrorConstructor('These headers are immutable.')
  }

  /** The list behind a Headers object; a brand check for anything else. */
  static listOf(headers: Headers): HeaderList {
    return headers.#list
  }

  static isHeaders(value: unknown): value is Headers {
    return typeof value === 'object' && value !== null && #list in value
  }

  static wrap(list: HeaderList, mutability: 'mutable' | 'immutable'): Headers {
    const headers = new Headers()
    headers.#list = list
    headers.#immutable = mutability === 'immutable'
    return headers
  }
}

// The statics above are for the guest; tenants see the class without them.
const { isHeaders } = Headers
export const { listOf: headerListOf, wrap: wrapHeaders } = Headers
for (const name of ['listOf', 'isHeaders', 'wrap']) Reflect.deleteProperty(Headers, name)

defineInterface(Headers, 'Headers', { constructor: 0 })
definePairIterable(Headers, 'Headers', {
  pairs: (headers: Headers) => headerListOf(headers).sorted(),
  revision: (headers: Headers) => headerListOf(headers).revision,
})

const { append } = Headers.prototype

/** https://fetch.spec.whatwg.org/#concept-headers-fill */
export function fillHeaders(headers: Headers, init: HeadersInit): void {
  if ((typeof init !== 'object' && typeof init !== 'function') || init === null) {
    throw new TypeErrorConstructor('Headers can be made from Headers, a list of pairs, or an object.')
  }
  if (isHeaders(init) && ObjectGetOwnPropertyDescriptor(init, SymbolIterator) === undefined) {
    headerListOf(headers).copyFrom(headerListOf(init))
    return
  }
  const pairs = toStringPairs(init, toByteString, 'Headers')
  for (let i = 0; i < pairs.length; i++) {
    const pair = pairs[i] as [string, string]
    ReflectApply(append, headers, pair)
  }
}
