// Conversions of JavaScript values to Web IDL types.
// https://webidl.spec.whatwg.org/#js-type-mapping
import {
  MathTrunc,
  NumberIsFinite,
  ObjectCreate,
  StringPrototypeToWellFormed,
  TypeErrorConstructor,
} from '../primordials.ts'

/**
 * Throws unless a call has as many arguments as its interface requires.
 * @param what - the call as the user knows it, like `Headers.append`
 */
export function requireArguments(count: number, required: number, what: string): void {
  if (count >= required) return
  const noun = required === 1 ? 'argument' : 'arguments'
  throw new TypeErrorConstructor(`${what} needs ${required} ${noun}, but only ${count} present.`)
}

/** A string as it is; throws for symbols. */
export function toDOMString(value: unknown): string {
  // A template converts as ToString does; `String(value)` would accept symbols.
  return typeof value === 'string' ? value : `${value as string}`
}

/** A string whose lone surrogates became U+FFFD. */
export function toUSVString(value: unknown): string {
  return StringPrototypeToWellFormed(typeof value === 'string' ? value : `${value as string}`)
}

/** An integer modulo 2^32. */
export function toUnsignedLong(value: unknown): number {
  return (value as number) >>> 0
}

/** An integer modulo 2^16. */
export function toUnsignedShort(value: unknown): number {
  return (value as number) & 0xffff
}

/** `[EnforceRange] unsigned long long`: throws for what is no safe non-negative integer. */
export function toEnforcedUnsignedLongLong(value: unknown, what: string): number {
  const number = +(value as number)
  const integer = MathTrunc(number)
  if (!NumberIsFinite(number) || integer < 0 || integer > 9_007_199_254_740_991) {
    throw new TypeErrorConstructor(`${what} is out of range.`)
  }
  return integer + 0
}

/** A dictionary: undefined and null are an empty one, other non-objects throw. Members are read by the caller. */
export function toDictionary<T extends object>(value: T | null | undefined, what: string): Partial<T> {
  if (value === undefined || value === null) return EMPTY as Partial<T>
  if (typeof value !== 'object' && typeof value !== 'function') {
    throw new TypeErrorConstructor(`${what} must be an object.`)
  }
  return value
}

// Without a prototype, or a patched Object.prototype would supply members.
const EMPTY: object = ObjectCreate(null) as object
