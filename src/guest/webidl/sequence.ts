// https://webidl.spec.whatwg.org/#js-sequence
import { ArrayPrototypePush, SymbolIterator, TypeErrorConstructor } from '../primordials.ts'
import { iterate } from './convert-strings.ts'

export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

/** A list of the guest's own for who takes iterables, whatever became of the arrays' iterator. */
export function iterableOf<T>(items: readonly T[]): Iterable<T> {
  let index = 0
  const next = (): IteratorResult<T> => {
    const done = index >= items.length
    const value = items[index] as T
    index += 1
    return { done, value }
  }
  return { __proto__: null, [SymbolIterator]: () => ({ __proto__: null, next }) } as unknown as Iterable<T>
}

/**
 * The items of an iterable object.
 * @param convert - applied to each item as it comes; throws for what does not belong
 * @param what - names the sequence in errors
 */
export function toSequence<T>(value: unknown, convert: (item: unknown) => T, what: string): T[] {
  const method: unknown = isObject(value) ? (value as Record<symbol, unknown>)[SymbolIterator] : undefined
  if (typeof method !== 'function') throw new TypeErrorConstructor(`${what} must be iterable.`)
  const items: T[] = []
  iterate(value as object, method as () => Iterator<unknown>, (item) => void ArrayPrototypePush(items, convert(item)))
  return items
}
