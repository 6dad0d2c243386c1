// https://url.spec.whatwg.org/#interface-urlsearchparams
import {
  ArrayPrototypePush,
  ArrayPrototypeSort,
  ArrayPrototypeSplice,
  ReflectDeleteProperty,
  StringPrototypeSlice,
  StringPrototypeStartsWith,
} from '../primordials.ts'
import { toStringPairs } from '../webidl/convert-strings.ts'
import { requireArguments, toUSVString } from '../webidl/convert.ts'
import { defineInterface } from '../webidl/interface.ts'
import { definePairIterable } from '../webidl/pair-iterable.ts'
import { type NameValue, parseUrlencoded, serializeUrlencoded } from './form-urlencoded.ts'

export type URLSearchParamsInit = string | object

export class URLSearchParams {
  #pairs: NameValue[] = []
  /** Tells the URL whose query this is. */
  #onChange: ((query: string) => void) | undefined

  constructor(init?: URLSearchParamsInit) {
    if (init === undefined) return
    if ((typeof init === 'object' && init !== null) || typeof init === 'function') {
      this.#pairs = toStringPairs(init, toUSVString, 'URLSearchParams')
      return
    }
    const text = toUSVString(init)
    this.#pairs = parseUrlencoded(StringPrototypeStartsWith(text, '?') ? StringPrototypeSlice(text, 1) : text)
  }

  get size(): number {
    return this.#pairs.length
  }

  append(name: string, value: string): void {
    requireArguments(arguments.length, 2, 'URLSearchParams.append')
    ArrayPrototypePush(this.#pairs, [toUSVString(name), toUSVString(value)])
    this.#changed()
  }

  delete(name: string, value?: string): void {
    requireArguments(arguments.length, 1, 'URLSearchParams.delete')
    const wanted = toUSVString(name)
    const wantedValue = value === undefined ? undefined : toUSVString(value)
    const pairs = this.#pairs
    for (let i = pairs.length - 1; i >= 0; i--) {
      if (matches(pairs[i] as NameValue, wanted, wantedValue)) ArrayPrototypeSplice(pairs, i, 1)
    }
    this.#changed()
  }

  get(name: string): string | null {
    requireArguments(arguments.length, 1, 'URLSearchParams.get')
    const wanted = toUSVString(name)
    const pairs = this.#pairs
    for (let i = 0; i < pairs.length; i++) {
      const pair = pairs[i] as NameValue
      if (pair[0] === wanted) return pair[1]
    }
    return null
  }

  getAll(name: string): string[] {
    requireArguments(arguments.length, 1, 'URLSearchParams.getAll')
    const wanted = toUSVString(name)
    const pairs = this.#pairs
    const values: string[] = []
    for (let i = 0; i < pairs.length; i++) {
      const pair = pairs[i] as NameValue
      if (pair[0] === wanted) ArrayPrototypePush(values, pair[1])
    }
    return values
  }

  has(name: string, value?: string): boolean {
    requireArguments(arguments.length, 1, 'URLSearchParams.has')
    const wanted = toUSVString(name)
    const wantedValue = value === undefined ? undefined : toUSVString(value)
    const pairs = this.#pairs
    for (let i = 0; i < pairs.length; i++) {
      if (matches(pairs[i] as NameValue, wanted, wantedValue)) return true
    }
    return false
  }

  set(name: string, value: string): void {
    requireArguments(arguments.length, 2, 'URLSearchParams.set')
    const wanted = toUSVString(name)
    const text = toUSVString(value)
    const pairs = this.#pairs
    let first: NameValue | undefined
    for (let i = 0; i < pairs.length; i++) {
      const pair = pairs[i] as NameValue
      if (pair[0] !== wanted) continue
      if (first === undefined) {
        first = pair
        pair[1] = text
      } else {
        ArrayPrototypeSplice(pairs, i, 1)
        i -= 1
      }
    }
    if (first === undefined) ArrayPrototypePush(pairs, [wanted, text])
    this.#changed()
  }

  sort(): void {
    // By code units, which is what comparing strings does; the sort is stable.
    ArrayPrototypeSort(this.#pairs, (a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0))
    this.#changed()
  }

  toString(): string {
    return serializeUrlencoded(this.#pairs)
  }

  #changed(): void {
    if (this.#onChange !== undefined) this.#onChange(serializeUrlencoded(this.#pairs))
  }

  static pairsOf(params: URLSearchParams): readonly NameValue[] {
    return params.#pairs
  }

  static isURLSearchParams(value: unknown): value is URLSearchParams {
    return typeof value === 'object' && value !== null && #pairs in value
  }

  static setQuery(params: URLSearchParams, query: string): void {
    params.#pairs = parseUrlencoded(query)
  }

  static link(onChange: (query: string) => void): URLSearchParams {
    const params = new URLSearchParams()
    params.#onChange = onChange
    return params
  }
}

// The statics above are for the guest; tenants see the class without them.
export const {
  isURLSearchParams,
  /** An object that reports the serialized query after every change. */
  link: linkedSearchParams,
  /** Replaces the list with what a query says; reports nothing. */
  setQuery: setSearchParamsQuery,
} = URLSearchParams
const { pairsOf } = URLSearchParams
for (const name of ['pairsOf', 'isURLSearchParams', 'setQuery', 'link']) ReflectDeleteProperty(URLSearchParams, name)

defineInterface(URLSearchParams, 'URLSearchParams', { constructor: 0, delete: 1, has: 1 })
definePairIterable(URLSearchParams, 'URLSearchParams', { pairs: (params: URLSearchParams) => pairsOf(params) })

function matches(pair: NameValue, name: string, value: string | undefined): boolean {
  return pair[0] === name && (value === undefined || pair[1] === value)
}
