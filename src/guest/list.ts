// Arrays of the guest's own, without Array.prototype.slice and splice: those ask `constructor[Symbol.species]`, which
// tenants can replace.
import { ObjectSetPrototypeOf } from './primordials.ts'

/** Inherits nothing: what is put into it reaches no setter that a tenant gave to Array.prototype. */
export function bareList<T>(): T[] {
  return ObjectSetPrototypeOf([], null) as T[]
}

export function copyList<T>(list: readonly T[]): T[] {
  const copy: T[] = []
  for (let i = 0; i < list.length; i++) copy[i] = list[i] as T
  return copy
}

export function removeAt(list: unknown[], index: number): void {
  for (let i = index + 1; i < list.length; i++) list[i - 1] = list[i]
  list.length -= 1
}
