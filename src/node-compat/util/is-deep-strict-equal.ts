// https://nodejs.org/api/util.html#utilisdeepstrictequalval1-val2-options
import { isBoxedPrimitive, isDate, isMap, isNativeError, isRegExp, isSet, isTypedArray } from './types.ts'

type Pair = readonly [unknown, unknown]

/** Pairs that are being compared further out: they are equal if nothing else says otherwise. */
type Open = readonly Pair[]

export function isDeepStrictEqual(a: unknown, b: unknown): boolean {
  return isEqual(a, b, [])
}

function isEqual(a: unknown, b: unknown, open: Open): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b) || !hasEqualSlots(a, b)) return false
  const seen = open.find(([first, second]) => first === a || second === b)
  if (seen !== undefined) return seen[0] === a && seen[1] === b
  const inner: Open = [...open, [a, b]]
  return hasEqualProperties(a, b, inner) && hasEqualMembers(a, b, inner)
}

function hasEqualSlots(a: object, b: object): boolean {
  if (Array.isArray(a) !== Array.isArray(b)) return false
  for (const is of [isDate, isRegExp, isMap, isSet, isTypedArray, isBoxedPrimitive, isNativeError]) {
    if (is(a) !== is(b)) return false
  }
  if (isDate(a)) return Object.is((a as Date).getTime(), (b as Date).getTime())
  if (isRegExp(a)) return String(a) === String(b) && (a as RegExp).lastIndex === (b as RegExp).lastIndex
  if (isBoxedPrimitive(a)) return Object.is(a.valueOf(), b.valueOf())
  if (isNativeError(a)) return (a as Error).message === (b as Error).message && (a as Error).name === (b as Error).name
  if (a instanceof ArrayBuffer) return hasEqualProperties(new Uint8Array(a), new Uint8Array(b as ArrayBuffer), [])
  return true
}

function enumerableKeys(object: object): PropertyKey[] {
  return Reflect.ownKeys(object).filter((key) => Object.prototype.propertyIsEnumerable.call(object, key))
}

function hasEqualProperties(a: object, b: object, open: Open): boolean {
  if (Array.isArray(a) && a.length !== (b as unknown[]).length) return false
  const keys = enumerableKeys(a)
  if (isNativeError(a))
    keys.push(...['cause', 'errors'].filter((key) => Object.hasOwn(a, key) || Object.hasOwn(b, key)))
  if (enumerableKeys(a).length !== enumerableKeys(b).length) return false
  return keys.every(
    (key) => Object.hasOwn(b, key) && isEqual(Reflect.get(a, key) as unknown, Reflect.get(b, key) as unknown, open),
  )
}

function hasEqualMembers(a: object, b: object, open: Open): boolean {
  if (isSet(a)) return matchAll([...(a as Set<unknown>)], [...(b as Set<unknown>)], (x, y) => isEqual(x, y, open))
  if (!isMap(a)) return true
  return matchAll(
    [...(a as Map<unknown, unknown>)],
    [...(b as Map<unknown, unknown>)],
    (x, y) => isEqual(x[0], y[0], open) && isEqual(x[1], y[1], open),
  )
}

/** Whether each member of one has an equal one in the other, in any order. */
function matchAll<T>(a: readonly T[], b: readonly T[], equals: (x: T, y: T) => boolean): boolean {
  if (a.length !== b.length) return false
  const left = [...b]
  return a.every((member) => {
    const index = left.findIndex((other) => equals(member, other))
    if (index >= 0) left.splice(index, 1)
    return index >= 0
  })
}
