// What kind of object an object is, whatever its properties say. Probing for internal slots means calling something that
// throws where there are none, which costs more than the clone: so the prototype chain says what to probe for, once.
import { DOMException, isDOMException, QuotaExceededError } from './dom/dom-exception.ts'
import { Blob, blobContent } from './file/blob.ts'
import { File } from './file/file.ts'
import {
  ArrayBufferPrototype,
  ArrayBufferPrototypeGetByteLength,
  BigIntPrototype,
  BigIntPrototypeValueOf,
  BooleanPrototype,
  BooleanPrototypeValueOf,
  DataViewPrototype,
  DataViewPrototypeGetBuffer,
  DatePrototype,
  DatePrototypeGetTime,
  ErrorIsError,
  ErrorPrototype,
  MapConstructor,
  MapPrototype,
  MapPrototypeGet,
  MapPrototypeGetSize,
  MapPrototypeSet,
  NumberPrototype,
  NumberPrototypeValueOf,
  ObjectGetOwnPropertyDescriptor,
  ObjectGetPrototypeOf,
  RegExpPrototype,
  RegExpPrototypeGetSource,
  SetPrototype,
  SetPrototypeGetSize,
  StringPrototype,
  StringPrototypeValueOf,
  SymbolToStringTag,
  TypeErrorConstructor,
  TypedArrayPrototypeGetSymbolToStringTag,
} from './primordials.ts'

export type Brand =
  | 'ArrayBuffer'
  | 'BigInt'
  | 'Blob'
  | 'Boolean'
  | 'CryptoKey'
  | 'DOMException'
  | 'DataView'
  | 'Date'
  | 'Error'
  | 'Map'
  | 'Number'
  | 'RegExp'
  | 'Set'
  | 'String'
  | 'TypedArray'
  /** An object of the platform, like a Promise or a Response. */
  | 'platform'
  | 'plain'

const MAX_CHAIN = 100

interface Probe {
  readonly brand: Brand
  /** Throws for an object that only has the prototype. */
  readonly check: (value: object) => unknown
}

const blob: Probe = { brand: 'Blob', check: (value) => blobContent(value as Blob) }
const domException: Probe = { brand: 'DOMException', check: (value) => assert(isDOMException(value)) }

const probes = new MapConstructor<object, Probe>([
  [ArrayBufferPrototype, { brand: 'ArrayBuffer', check: ArrayBufferPrototypeGetByteLength }],
  [BigIntPrototype, { brand: 'BigInt', check: BigIntPrototypeValueOf }],
  [Blob.prototype, blob],
  [BooleanPrototype, { brand: 'Boolean', check: BooleanPrototypeValueOf }],
  [DataViewPrototype, { brand: 'DataView', check: DataViewPrototypeGetBuffer }],
  [DatePrototype, { brand: 'Date', check: DatePrototypeGetTime }],
  [DOMException.prototype, domException],
  [ErrorPrototype, { brand: 'Error', check: (value) => assert(ErrorIsError?.(value) ?? true) }],
  [File.prototype, blob],
  [MapPrototype, { brand: 'Map', check: (value) => MapPrototypeGetSize(value as Map<unknown, unknown>) }],
  [NumberPrototype, { brand: 'Number', check: NumberPrototypeValueOf }],
  [QuotaExceededError.prototype, domException],
  [RegExpPrototype, { brand: 'RegExp', check: RegExpPrototypeGetSource }],
  [SetPrototype, { brand: 'Set', check: SetPrototypeGetSize }],
  [StringPrototype, { brand: 'String', check: StringPrototypeValueOf }],
])

/** For a kind of object whose code is loaded on first use. `check` throws for an object that only has the prototype. */
export function addBrand(prototype: object, brand: Brand, check: (value: object) => unknown): void {
  MapPrototypeSet(probes, prototype, { brand, check })
}

/** For objects whose prototype is neither Object.prototype nor null: those are plain. */
export function brandOf(value: object): Brand {
  if (TypedArrayPrototypeGetSymbolToStringTag(value) !== undefined) return 'TypedArray'
  let proto = ObjectGetPrototypeOf(value) as object | null
  // A proxy can claim to be its own prototype.
  for (let step = 0; proto !== null && step < MAX_CHAIN; step++) {
    const probe = MapPrototypeGet(probes, proto)
    if (probe !== undefined) return passes(probe, value) ? probe.brand : 'plain'
    if (isPlatformPrototype(proto)) return 'platform'
    proto = ObjectGetPrototypeOf(proto) as object | null
  }
  return 'plain'
}

function passes({ check }: Probe, value: object): boolean {
  try {
    check(value)
    return true
  } catch {
    return false
  }
}

/** Prototypes of the platform have a tag that is a constant; classes of programs that have one have a getter. */
function isPlatformPrototype(proto: object): boolean {
  const tag = ObjectGetOwnPropertyDescriptor(proto, SymbolToStringTag)
  return tag !== undefined && typeof tag.value === 'string' && tag.writable === false
}

function assert(holds: boolean): void {
  if (!holds) throw new TypeErrorConstructor('not of this kind')
}
