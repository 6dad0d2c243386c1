// https://html.spec.whatwg.org/multipage/structured-data.html#dom-structuredclone
// Serializes and deserializes in one walk. Plain objects and arrays come first: nearly everything is one.
import { type Brand, brandOf } from '../brand.ts'
import type { DOMException } from '../dom/dom-exception.ts'
import type { Blob } from '../file/blob.ts'
import {
  ArrayBufferPrototypeGetDetached,
  ArrayConstructor,
  ArrayIsArray,
  ArrayPrototypeIndexOf,
  ArrayPrototypePush,
  BigIntPrototypeValueOf,
  BooleanPrototypeValueOf,
  DateConstructor,
  DatePrototypeGetTime,
  MapConstructor,
  MapPrototypeForEach,
  MapPrototypeGet,
  MapPrototypeHas,
  MapPrototypeSet,
  NumberPrototypeValueOf,
  ObjectConstructor,
  ObjectDefineProperty,
  ObjectGetPrototypeOf,
  ObjectKeys,
  ObjectPrototype,
  ObjectPrototypeHasOwnProperty,
  RegExpConstructor,
  RegExpPrototypeGetFlags,
  RegExpPrototypeGetSource,
  SetConstructor,
  SetPrototypeAdd,
  SetPrototypeForEach,
  StringPrototypeValueOf,
  TypeErrorConstructor,
} from '../primordials.ts'
import { transferBuffer } from '../memory/resizable-buffers.ts'
import { isArrayBuffer } from '../webidl/buffer-source.ts'
import { requireArguments, toDictionary } from '../webidl/convert.ts'
import { isObject, toSequence } from '../webidl/sequence.ts'
import { cloneArrayBuffer, cloneDataView, cloneTypedArray } from './clone-buffer.ts'
import { cannotClone } from './clone-error.ts'
import { cloneBlob, cloneCryptoKey, cloneDOMException, cloneError, ownValue } from './clone-platform.ts'
import { type Transfer, transferOf } from './transfers.ts'

/** From each object to its clone, so that cycles and shared objects stay what they are. */
type Memory = Map<object, object>

function structuredCloneOf(value: unknown, options?: { transfer?: Iterable<object> }): unknown {
  requireArguments(arguments.length, 1, 'structuredClone')
  const { transfer } = toDictionary(options, 'The options of structuredClone')
  return cloneWithTransfer(value, transfer).value
}
ObjectDefineProperty(structuredCloneOf, 'name', { value: 'structuredClone' })
ObjectDefineProperty(structuredCloneOf, 'length', { value: 1 })
export { structuredCloneOf as structuredClone }

interface ClonedMessage {
  readonly value: unknown
  /** The ports that were transferred, in order. */
  readonly ports: readonly object[]
}

/**
 * https://html.spec.whatwg.org/multipage/structured-data.html#structuredserializewithtransfer
 * @param source - a port that must not be transferred, as it is the one that sends
 */
export function cloneWithTransfer(value: unknown, transfer: unknown, source?: object): ClonedMessage {
  const objects = transfer === undefined ? [] : toSequence(transfer, toTransferable, 'transfer')
  if (objects.length === 0) return { value: clone(value, new MapConstructor()), ports: [] }
  if (objects.length === 1 && value === objects[0] && isArrayBuffer(value)) return { value: detach(value), ports: [] }
  const memory: Memory = new MapConstructor()
  const ports: object[] = []
  for (let i = 0; i < objects.length; i++) {
    const object = objects[i] as object
    if (ArrayPrototypeIndexOf(objects, object) !== i) throw cannotClone(object)
    if (isArrayBuffer(object)) continue
    const { isListed, make } = transferOf(object) as Transfer
    const successor = make(object, source)
    MapPrototypeSet(memory, object, successor)
    if (isListed) ArrayPrototypePush(ports, successor)
  }
  const result = clone(value, memory)
  // Only now: what cannot be cloned must leave everything as it was.
  for (let i = 0; i < objects.length; i++) {
    const object = objects[i] as object
    if (isArrayBuffer(object)) detach(object)
    else transferOf(object)?.move(object, MapPrototypeGet(memory, object) as object)
  }
  return { value: result, ports }
}

function toTransferable(value: unknown): object {
  if (isArrayBuffer(value) || transferOf(value) !== undefined) return value as object
  if (isObject(value)) throw cannotClone(value)
  throw new TypeErrorConstructor('What is transferred must be objects.')
}

/** The content of a buffer in a new one; the old is empty afterwards. */
function detach(buffer: ArrayBuffer): ArrayBuffer {
  if (ArrayBufferPrototypeGetDetached(buffer)) throw cannotClone(buffer)
  try {
    return transferBuffer(buffer)
  } catch {
    // The memory of a WebAssembly instance.
    throw cannotClone(buffer)
  }
}

function clone(value: unknown, memory: Memory): unknown {
  if (typeof value !== 'object') {
    if (typeof value === 'function' || typeof value === 'symbol') throw cannotClone(value)
    return value
  }
  if (value === null) return null
  const known = MapPrototypeGet(memory, value)
  if (known !== undefined) return known
  if (ArrayIsArray(value)) return cloneArray(value, memory)
  const proto: unknown = ObjectGetPrototypeOf(value)
  if (proto === ObjectPrototype || proto === null) return cloneProperties(value, {}, memory)
  return cloneOther(value, memory)
}

function cloneArray(array: unknown[], memory: Memory): unknown[] {
  const { length } = array
  const keys = ObjectKeys(array)
  if (keys.length !== length || (length > 0 && keys[length - 1] !== `${length - 1}`)) {
    return cloneProperties(array, new ArrayConstructor(length), memory, keys) as unknown[]
  }
  const result: unknown[] = []
  MapPrototypeSet(memory, array, result)
  for (let i = 0; i < length; i++) {
    result[i] = clone(array[i], memory)
  }
  return result
}

function cloneProperties(object: object, result: object, memory: Memory, keys: string[] = ObjectKeys(object)): object {
  MapPrototypeSet(memory, object, result)
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string
    const item = (object as Record<string, unknown>)[key]
    // A getter of another property may have deleted this one.
    if (item === undefined && !ObjectPrototypeHasOwnProperty(object, key)) continue
    const copy = clone(item, memory)
    // An assignment would run the setter of `__proto__`, or fail where a program froze Object.prototype.
    if (key in ObjectPrototype) {
      ObjectDefineProperty(result, key, { value: copy, writable: true, enumerable: true, configurable: true })
    } else {
      ;(result as Record<string, unknown>)[key] = copy
    }
  }
  return result
}

function cloneOther(value: object, memory: Memory): unknown {
  const brand = brandOf(value)
  switch (brand) {
    case 'plain':
      return cloneProperties(value, {}, memory)
    case 'Map':
      return cloneMap(value as Map<unknown, unknown>, memory)
    case 'Set':
      return cloneSet(value as Set<unknown>, memory)
    case 'Error': {
      const result = cloneError(value as Error)
      MapPrototypeSet(memory, value, result)
      const cause = ownValue(value, 'cause')
      if (cause === undefined) return result
      const descriptor = { value: clone(cause.value, memory), writable: true, enumerable: false, configurable: true }
      return ObjectDefineProperty(result, 'cause', descriptor)
    }
    default: {
      const result = cloneLeaf(brand, value, (buffer) => clone(buffer, memory) as ArrayBuffer)
      if (!MapPrototypeHas(memory, value)) MapPrototypeSet(memory, value, result)
      return result
    }
  }
}

function cloneLeaf(
  brand: Exclude<Brand, 'plain' | 'Map' | 'Set' | 'Error'>,
  value: object,
  cloneOf: (buffer: ArrayBuffer) => ArrayBuffer,
): object {
  switch (brand) {
    case 'ArrayBuffer':
      return cloneArrayBuffer(value as ArrayBuffer)
    case 'TypedArray':
      return cloneTypedArray(value, cloneOf)
    case 'DataView':
      return cloneDataView(value, cloneOf)
    case 'Date':
      return new DateConstructor(DatePrototypeGetTime(value))
    case 'RegExp':
      return new RegExpConstructor(RegExpPrototypeGetSource(value), RegExpPrototypeGetFlags(value))
    case 'Blob':
      return cloneBlob(value as Blob)
    case 'CryptoKey':
      return cloneCryptoKey(value)
    case 'DOMException':
      return cloneDOMException(value as DOMException)
    case 'Boolean':
      return ObjectConstructor(BooleanPrototypeValueOf(value)) as object
    case 'Number':
      return ObjectConstructor(NumberPrototypeValueOf(value)) as object
    case 'String':
      return ObjectConstructor(StringPrototypeValueOf(value)) as object
    case 'BigInt':
      return ObjectConstructor(BigIntPrototypeValueOf(value)) as object
    case 'platform':
      throw cannotClone(value)
  }
}

function cloneMap(map: Map<unknown, unknown>, memory: Memory): Map<unknown, unknown> {
  const result = new MapConstructor<unknown, unknown>()
  MapPrototypeSet(memory, map, result)
  // What getters add meanwhile is not cloned.
  const entries: unknown[] = []
  MapPrototypeForEach(map, (value, key) => void ArrayPrototypePush(entries, key, value))
  for (let i = 0; i < entries.length; i += 2) {
    const key = clone(entries[i], memory)
    MapPrototypeSet(result, key, clone(entries[i + 1], memory))
  }
  return result
}

function cloneSet(set: Set<unknown>, memory: Memory): Set<unknown> {
  const result = new SetConstructor<unknown>()
  MapPrototypeSet(memory, set, result)
  const items: unknown[] = []
  SetPrototypeForEach(set, (item) => void ArrayPrototypePush(items, item))
  for (let i = 0; i < items.length; i++) SetPrototypeAdd(result, clone(items[i], memory))
  return result
}
