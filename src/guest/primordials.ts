// The built-ins as they were before any tenant code ran. Guest code reaches them only from here, so that a tenant who
// patches or deletes a global or a prototype method breaks nothing but its own program. Names follow the convention of
// Node and Deno: `ArrayPrototypePush(array, value)` is `array.push(value)`.
//
// Still safe to write as syntax: literals, spread-free calls, property access on objects this guest made, `for (;;)`,
// `await` of a native promise. Not safe: iteration (`for…of`, spread, destructuring of arrays) over anything, because
// `Array.prototype[Symbol.iterator]` can be replaced; calling methods on built-ins.

// oxlint-disable-next-line typescript/no-explicit-any -- the one type that every function has
type AnyFunction = (this: any, ...args: any[]) => any
type Uncurried<F> = F extends (this: infer _This, ...args: infer A) => infer R
  ? (self: unknown, ...args: A) => R
  : never

const { bind, call } = Function.prototype
/** `uncurryThis(Array.prototype.push)(array, value)` is `array.push(value)`, immune to later patches. */
export const uncurryThis = bind.bind(call) as <F extends AnyFunction>(fn: F) => Uncurried<F>

export const ProxyConstructor: typeof Proxy = Proxy
export const ReflectApply: typeof Reflect.apply = Reflect.apply
export const ReflectConstruct: typeof Reflect.construct = Reflect.construct
export const ReflectOwnKeys: typeof Reflect.ownKeys = Reflect.ownKeys
export const ReflectDeleteProperty: typeof Reflect.deleteProperty = Reflect.deleteProperty

export const ObjectCreate: typeof Object.create = Object.create
export const ObjectKeys: typeof Object.keys = Object.keys
export const ObjectFreeze: typeof Object.freeze = Object.freeze
export const ObjectDefineProperty: typeof Object.defineProperty = Object.defineProperty
export const ObjectGetOwnPropertyDescriptor: typeof Object.getOwnPropertyDescriptor = Object.getOwnPropertyDescriptor
export const ObjectGetPrototypeOf: typeof Object.getPrototypeOf = Object.getPrototypeOf
export const ObjectSetPrototypeOf: typeof Object.setPrototypeOf = Object.setPrototypeOf
export const ObjectPrototypeHasOwnProperty = uncurryThis(Object.prototype.hasOwnProperty)
export const ObjectPrototypeToString = uncurryThis(Object.prototype.toString)
export const ObjectPrototypePropertyIsEnumerable = uncurryThis(Object.prototype.propertyIsEnumerable)

export const ArrayIsArray: typeof Array.isArray = Array.isArray
export const ArrayPrototypePush = uncurryThis(Array.prototype.push) as <T>(self: T[], ...items: T[]) => number
export const ArrayPrototypeJoin = uncurryThis(Array.prototype.join)
export const ArrayPrototypeSplice = uncurryThis(Array.prototype.splice) as <T>(
  self: T[],
  start: number,
  count: number,
) => T[]
export const ArrayPrototypeIndexOf = uncurryThis(Array.prototype.indexOf) as <T>(self: T[], item: T) => number
export const ArrayPrototypeSort = uncurryThis(Array.prototype.sort) as <T>(
  self: T[],
  compare?: (a: T, b: T) => number,
) => T[]

export const StringPrototypeSlice = uncurryThis(String.prototype.slice)
export const StringPrototypeIndexOf = uncurryThis(String.prototype.indexOf)
export const StringPrototypeCharCodeAt = uncurryThis(String.prototype.charCodeAt)
export const StringPrototypeCodePointAt = uncurryThis(String.prototype.codePointAt)
export const StringPrototypeLastIndexOf = uncurryThis(String.prototype.lastIndexOf)
export const StringPrototypeToLowerCase = uncurryThis(String.prototype.toLowerCase)
export const StringPrototypeToUpperCase = uncurryThis(String.prototype.toUpperCase)
export const StringPrototypeStartsWith = uncurryThis(String.prototype.startsWith)
export const StringPrototypeEndsWith = uncurryThis(String.prototype.endsWith)
export const StringPrototypeTrim = uncurryThis(String.prototype.trim)
export const StringPrototypeRepeat = uncurryThis(String.prototype.repeat)
export const StringPrototypePadStart = uncurryThis(String.prototype.padStart)
export const StringPrototypeToWellFormed = uncurryThis(String.prototype.toWellFormed)
export const StringFromCharCode: typeof String.fromCharCode = String.fromCharCode

export const RegExpPrototypeExec = uncurryThis(RegExp.prototype.exec)
/** `RegExp.prototype.test` would look up `exec`, which a tenant may have replaced. */
export const RegExpPrototypeTest = (self: RegExp, text: string): boolean => RegExpPrototypeExec(self, text) !== null

export const NumberConstructor: typeof Number = Number
export const NumberIsFinite: typeof Number.isFinite = Number.isFinite
export const NumberIsNaN: typeof Number.isNaN = Number.isNaN
export const NumberPrototypeToString = uncurryThis(Number.prototype.toString)
export const MathMin: typeof Math.min = Math.min
export const MathMax: typeof Math.max = Math.max
export const MathTrunc: typeof Math.trunc = Math.trunc
export const MathFloor: typeof Math.floor = Math.floor
export const DateNow: typeof Date.now = Date.now

export const JSONParse: typeof JSON.parse = JSON.parse
export const JSONStringify: typeof JSON.stringify = JSON.stringify

export const SymbolIterator: typeof Symbol.iterator = Symbol.iterator
export const SymbolToStringTag: typeof Symbol.toStringTag = Symbol.toStringTag

export const PromiseConstructor: typeof Promise = Promise
export const PromiseResolve: <T>(value: T) => Promise<Awaited<T>> = Promise.resolve.bind(Promise) as never
export const PromiseReject: (reason: unknown) => Promise<never> = Promise.reject.bind(Promise) as never
export const PromisePrototypeThen = uncurryThis(Promise.prototype.then) as <T, R = T, E = never>(
  self: Promise<T>,
  onFulfilled?: ((value: T) => R | PromiseLike<R>) | undefined,
  onRejected?: ((reason: unknown) => E | PromiseLike<E>) | undefined,
) => Promise<R | E>

export const MapConstructor: typeof Map = Map
export const MapPrototypeGet = uncurryThis(Map.prototype.get) as <K, V>(self: Map<K, V>, key: K) => V | undefined
export const MapPrototypeSet = uncurryThis(Map.prototype.set) as <K, V>(self: Map<K, V>, key: K, value: V) => void
export const MapPrototypeHas = uncurryThis(Map.prototype.has) as <K, V>(self: Map<K, V>, key: K) => boolean
export const MapPrototypeDelete = uncurryThis(Map.prototype.delete) as <K, V>(self: Map<K, V>, key: K) => boolean
export const MapPrototypeForEach = uncurryThis(Map.prototype.forEach) as <K, V>(
  self: Map<K, V>,
  visit: (value: V, key: K) => void,
) => void
export const MapPrototypeGetSize = uncurryThis(
  ObjectGetOwnPropertyDescriptor(Map.prototype, 'size')?.get as () => number,
) as (self: Map<unknown, unknown>) => number
export const SetConstructor: typeof Set = Set
export const SetPrototypeAdd = uncurryThis(Set.prototype.add) as <T>(self: Set<T>, value: T) => void
export const SetPrototypeDelete = uncurryThis(Set.prototype.delete) as <T>(self: Set<T>, value: T) => boolean
export const SetPrototypeForEach = uncurryThis(Set.prototype.forEach) as <T>(
  self: Set<T>,
  visit: (value: T) => void,
) => void
export const WeakMapConstructor: typeof WeakMap = WeakMap
export const WeakMapPrototypeGet = uncurryThis(WeakMap.prototype.get) as <K extends WeakKey, V>(
  self: WeakMap<K, V>,
  key: K,
) => V | undefined
export const WeakMapPrototypeSet = uncurryThis(WeakMap.prototype.set) as <K extends WeakKey, V>(
  self: WeakMap<K, V>,
  key: K,
  value: V,
) => void

export const ErrorConstructor: typeof Error = Error
export const TypeErrorConstructor: typeof TypeError = TypeError
export const RangeErrorConstructor: typeof RangeError = RangeError
export const ReferenceErrorConstructor: typeof ReferenceError = ReferenceError
export const SyntaxErrorConstructor: typeof SyntaxError = SyntaxError

export const Uint8ArrayConstructor: typeof Uint8Array = Uint8Array
export const Uint16ArrayConstructor: typeof Uint16Array = Uint16Array
export const ArrayBufferConstructor: typeof ArrayBuffer = ArrayBuffer
export const ArrayBufferIsView: typeof ArrayBuffer.isView = ArrayBuffer.isView
/** Everybody uses `transferBuffer`, which keeps count of resizable ones. */
export const ArrayBufferPrototypeTransfer = uncurryThis(ArrayBuffer.prototype.transfer)

const typedArrayPrototype = ObjectGetPrototypeOf(Uint8Array.prototype) as object
/** The getter of an accessor property as a function of the object. */
export const uncurryGetter = <T>(holder: object, name: PropertyKey): ((self: unknown) => T) =>
  uncurryThis(ObjectGetOwnPropertyDescriptor(holder, name)?.get as () => T) as (self: unknown) => T

/** The byte length of an ArrayBuffer; throws a TypeError for anything else, which makes it a brand check. */
export const ArrayBufferPrototypeGetByteLength: (self: unknown) => number = uncurryGetter(
  ArrayBuffer.prototype,
  'byteLength',
)
/** 'Uint8Array' and so on, or undefined for what is no typed array: a brand check that cannot throw. */
export const TypedArrayPrototypeGetSymbolToStringTag: (self: unknown) => string | undefined = uncurryGetter(
  typedArrayPrototype,
  Symbol.toStringTag,
)
/** Detached buffers have length 0, but no view can be made of them. */
export const ArrayBufferPrototypeGetDetached: (self: unknown) => boolean = uncurryGetter(
  ArrayBuffer.prototype,
  'detached',
)
export const TypedArrayPrototypeGetBuffer: (self: unknown) => ArrayBuffer = uncurryGetter(typedArrayPrototype, 'buffer')
export const TypedArrayPrototypeGetByteLength: (self: unknown) => number = uncurryGetter(
  typedArrayPrototype,
  'byteLength',
)
export const TypedArrayPrototypeGetByteOffset: (self: unknown) => number = uncurryGetter(
  typedArrayPrototype,
  'byteOffset',
)
export const TypedArrayPrototypeGetLength: (self: unknown) => number = uncurryGetter(typedArrayPrototype, 'length')
export const TypedArrayPrototypeSet = uncurryThis(Uint8Array.prototype.set)
export const TypedArrayPrototypeSubarray = uncurryThis(Uint8Array.prototype.subarray)
export const TypedArrayPrototypeSlice = uncurryThis(Uint8Array.prototype.slice)
export const DataViewPrototypeGetBuffer: (self: unknown) => ArrayBuffer = uncurryGetter(DataView.prototype, 'buffer')
export const DataViewPrototypeGetByteLength: (self: unknown) => number = uncurryGetter(DataView.prototype, 'byteLength')
export const DataViewPrototypeGetByteOffset: (self: unknown) => number = uncurryGetter(DataView.prototype, 'byteOffset')

/** V8's own: gives an object a `stack` without the frames of `above` and what it called. */
export const ErrorCaptureStackTrace: (target: object, above?: unknown) => void = (
  Error as unknown as { captureStackTrace: (target: object, above?: unknown) => void }
).captureStackTrace

/** Tenants have none; see `harden`. */
export const WeakRefConstructor: typeof WeakRef = WeakRef
export const WeakRefPrototypeDeref = uncurryThis(WeakRef.prototype.deref) as <T extends WeakKey>(
  self: WeakRef<T>,
) => T | undefined

export const StringPrototypeReplaceAll = uncurryThis(String.prototype.replaceAll) as unknown as (
  self: string,
  search: string,
  replacement: string,
) => string
export const TypedArrayPrototypeIndexOf = uncurryThis(Uint8Array.prototype.indexOf)
/** Runs a script in the global scope. */
// oxlint-disable-next-line no-eval -- what timers do with strings, which nothing of the guest's own ever passes
export const evaluateScript: (source: string) => unknown = eval
export const MathRandom: typeof Math.random = Math.random

export const ObjectPrototype: object = Object.prototype
export const ArrayConstructor: typeof Array = Array
export const MapPrototype: object = Map.prototype
export const SetPrototype: object = Set.prototype
export const SetPrototypeGetSize: (self: unknown) => number = uncurryGetter(Set.prototype, 'size')
export const ErrorPrototype: object = Error.prototype
export const EvalErrorConstructor: typeof EvalError = EvalError
export const URIErrorConstructor: typeof URIError = URIError
/** Absent in older engines. */
export const ErrorIsError: ((value: unknown) => boolean) | undefined = (
  Error as unknown as { isError?: (value: unknown) => boolean }
).isError
const errorStack = ObjectGetOwnPropertyDescriptor(new Error('sample'), 'stack')?.get
/** V8's own getter, which every error has: the stack of an error, undefined for anything else. Runs nothing of tenants. */
export const ErrorGetStack: ((self: unknown) => unknown) | undefined =
  errorStack === undefined ? undefined : uncurryThis(errorStack)

export const DateConstructor: typeof Date = Date
export const DatePrototype: object = Date.prototype
export const DatePrototypeToString = uncurryThis(Date.prototype.toString)
export const DatePrototypeGetTime = uncurryThis(Date.prototype.getTime)
export const RegExpConstructor: typeof RegExp = RegExp
export const RegExpPrototype: object = RegExp.prototype
export const RegExpPrototypeGetSource: (self: unknown) => string = uncurryGetter(RegExp.prototype, 'source')
export const RegExpPrototypeGetFlags: (self: unknown) => string = uncurryGetter(RegExp.prototype, 'flags')
export const ObjectConstructor: typeof Object = Object
export const BooleanPrototype: object = Boolean.prototype
export const BooleanPrototypeValueOf = uncurryThis(Boolean.prototype.valueOf)
export const NumberPrototype: object = Number.prototype
export const NumberPrototypeValueOf = uncurryThis(Number.prototype.valueOf)
export const StringPrototype: object = String.prototype
export const StringPrototypeValueOf = uncurryThis(String.prototype.valueOf)
export const BigIntPrototype: object = BigInt.prototype
export const BigIntPrototypeValueOf = uncurryThis(BigInt.prototype.valueOf)
export const SymbolPrototypeToString = uncurryThis(Symbol.prototype.toString)
export const FunctionPrototypeToString = uncurryThis(Function.prototype.toString)

export const ArrayBufferPrototype: object = ArrayBuffer.prototype
export const ArrayBufferPrototypeGetResizable: (self: unknown) => boolean = uncurryGetter(
  ArrayBuffer.prototype,
  'resizable',
)
export const ArrayBufferPrototypeGetMaxByteLength: (self: unknown) => number = uncurryGetter(
  ArrayBuffer.prototype,
  'maxByteLength',
)
export const DataViewConstructor: typeof DataView = DataView
export const DataViewPrototype: object = DataView.prototype
type TypedArrayConstructor = new (buffer: ArrayBuffer, byteOffset: number, length?: number) => object
/** By the name that `TypedArrayPrototypeGetSymbolToStringTag` tells. */
export const TypedArrayConstructors = {
  __proto__: null,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float16Array: (globalThis as { Float16Array?: TypedArrayConstructor }).Float16Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
} as unknown as Readonly<Record<string, TypedArrayConstructor | undefined>>

export const ArrayPrototypePop = uncurryThis(Array.prototype.pop) as <T>(self: T[]) => T | undefined
export const ObjectIs: typeof Object.is = Object.is
export const DatePrototypeToISOString = uncurryThis(Date.prototype.toISOString)
export const MapPrototypeEntries = uncurryThis(Map.prototype.entries)
export const MapIteratorPrototypeNext = uncurryThis(new Map().entries().next)
export const SetPrototypeHas = uncurryThis(Set.prototype.has)
export const SetPrototypeValues = uncurryThis(Set.prototype.values)
export const SetIteratorPrototypeNext = uncurryThis(new Set().values().next)
export const NumberParseInt: typeof Number.parseInt = Number.parseInt
export const NumberParseFloat: typeof Number.parseFloat = Number.parseFloat

export const StringPrototypePadEnd = uncurryThis(String.prototype.padEnd)

export const encodeURIComponentText: typeof encodeURIComponent = encodeURIComponent
export const decodeURIComponentText: typeof decodeURIComponent = decodeURIComponent
