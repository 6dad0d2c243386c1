// Conversions of Web IDL that Headers, URLSearchParams and FormData share.
// https://webidl.spec.whatwg.org/#es-ByteString, #es-sequence, #es-record
import {
  ArrayPrototypePush,
  ObjectGetOwnPropertyDescriptor,
  ReflectApply,
  ReflectOwnKeys,
  RegExpPrototypeTest,
  SymbolIterator,
  TypeErrorConstructor,
} from '../primordials.ts'

const BEYOND_BYTE = /[^\0-\xff]/

/** A string whose every character is one byte. */
export function toByteString(value: unknown): string {
  const text = typeof value === 'string' ? value : `${value as string}`
  if (RegExpPrototypeTest(BEYOND_BYTE, text)) {
    throw new TypeErrorConstructor('The string has a character outside ISO 8859-1.')
  }
  return text
}

/**
 * A sequence of pairs, or a record, as a list of pairs.
 * @param convert - applied to each name and value
 * @param what - names the interface in errors
 */
export function toStringPairs(
  init: object,
  convert: (value: unknown) => string,
  what: string,
): [name: string, value: string][] {
  const method: unknown = (init as Record<symbol, unknown>)[SymbolIterator]
  if (method === undefined || method === null) return fromRecord(init, convert)
  if (typeof method !== 'function') throw new TypeErrorConstructor(`${what}: @@iterator is not a function.`)
  const pairs: [string, string][] = []
  iterate(init, method as () => Iterator<unknown>, (pair) => {
    if ((typeof pair !== 'object' && typeof pair !== 'function') || pair === null) {
      throw new TypeErrorConstructor(`${what}: every entry must be a pair of a name and a value.`)
    }
    const items: string[] = []
    const inner: unknown = (pair as Record<symbol, unknown>)[SymbolIterator]
    if (typeof inner !== 'function') throw new TypeErrorConstructor(`${what}: every entry must be iterable.`)
    iterate(pair, inner as () => Iterator<unknown>, (item) => void ArrayPrototypePush(items, convert(item)))
    if (items.length !== 2) throw new TypeErrorConstructor(`${what}: every entry must have exactly two items.`)
    ArrayPrototypePush(pairs, [items[0] as string, items[1] as string])
  })
  return pairs
}

/** Steps through an iterable without touching the built-in iterators' patched prototypes more than the spec does. */
export function iterate(iterable: object, method: () => Iterator<unknown>, visit: (item: unknown) => void): void {
  const iterator: Iterator<unknown> = ReflectApply(method, iterable, [])
  const { next } = iterator
  for (;;) {
    const step: IteratorResult<unknown> = ReflectApply(next, iterator, [])
    if (step.done === true) return
    visit(step.value)
  }
}

function fromRecord(init: object, convert: (value: unknown) => string): [string, string][] {
  const pairs: [string, string][] = []
  const keys = ReflectOwnKeys(init)
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string | symbol
    const descriptor = ObjectGetOwnPropertyDescriptor(init, key)
    if (descriptor?.enumerable !== true) continue
    if (typeof key === 'symbol') throw new TypeErrorConstructor('A record must not have symbol keys.')
    const name = convert(key)
    const value = convert((init as Record<string, unknown>)[key])
    // Keys that differ may be equal once converted; the last one's value counts.
    const same = indexOfName(pairs, name)
    if (same < 0) ArrayPrototypePush(pairs, [name, value])
    else pairs[same] = [name, value]
  }
  return pairs
}

function indexOfName(pairs: readonly [string, string][], name: string): number {
  for (let i = 0; i < pairs.length; i++) if (pairs[i]?.[0] === name) return i
  return -1
}
