// What the log shows of objects that are more than their properties.
import type { Brand } from '../brand.ts'
import {
  ArrayBufferPrototypeGetByteLength,
  ArrayPrototypeJoin,
  ArrayPrototypePush,
  BigIntPrototypeValueOf,
  BooleanPrototypeValueOf,
  DatePrototypeGetTime,
  DatePrototypeToISOString,
  MapPrototypeEntries,
  MapPrototypeGetSize,
  MapIteratorPrototypeNext,
  MathMin,
  NumberPrototypeToString,
  NumberPrototypeValueOf,
  NumberIsNaN,
  RegExpPrototypeGetFlags,
  RegExpPrototypeGetSource,
  SetIteratorPrototypeNext,
  SetPrototypeGetSize,
  SetPrototypeValues,
  StringPrototypePadStart,
  StringPrototypeValueOf,
  TypedArrayPrototypeGetLength,
  Uint8ArrayConstructor,
} from '../primordials.ts'
import { headOf } from './data-properties.ts'
import { formatKey, formatPrimitive } from './format-primitive.ts'
import { type Inspection, MAX_ENTRIES, more } from './inspection.ts'
import { type Details, platformDetails } from './platform-details.ts'

export interface Contents {
  /** Stands for the whole object if it has no other entries. */
  readonly base?: string
  readonly head?: string
  readonly brackets?: '{}' | '[]'
  readonly items?: ArrayLike<unknown>
  readonly addEntries?: AddEntries
  /** Properties that are shown some other way. */
  readonly hides?: (key: string | symbol) => boolean
}

type AddEntries = (entries: string[], nested: (value: unknown) => string, inspection: Inspection) => void

/** Undefined for an object that is only its properties. */
export function contentsOf(object: object, brand: Brand): Contents | undefined {
  switch (brand) {
    case 'Map': {
      const size = MapPrototypeGetSize(object as Map<unknown, unknown>)
      return { head: headOf(object, 'Map', size), addEntries: mapEntries(object, size) }
    }
    case 'Set': {
      const size = SetPrototypeGetSize(object)
      return { head: headOf(object, 'Set', size), addEntries: setItems(object, size) }
    }
    case 'TypedArray': {
      const size = TypedArrayPrototypeGetLength(object)
      return { head: headOf(object, '', size), brackets: '[]', items: object as Uint8Array }
    }
    case 'ArrayBuffer':
      return { head: headOf(object, ''), addEntries: bufferBytes(object as ArrayBuffer) }
    case 'Date': {
      const time = DatePrototypeGetTime(object)
      return { base: NumberIsNaN(time) ? 'Invalid Date' : DatePrototypeToISOString(object) }
    }
    case 'RegExp':
      return { base: `/${RegExpPrototypeGetSource(object)}/${RegExpPrototypeGetFlags(object)}` }
    case 'Boolean':
      return { base: `[Boolean: ${BooleanPrototypeValueOf(object)}]` }
    case 'Number':
      return { base: `[Number: ${formatPrimitive(NumberPrototypeValueOf(object))}]` }
    case 'BigInt':
      return { base: `[BigInt: ${formatPrimitive(BigIntPrototypeValueOf(object))}]` }
    case 'String':
      return { base: `[String: ${formatPrimitive(StringPrototypeValueOf(object))}]`, hides: isIndex }
    case 'Blob':
    case 'CryptoKey':
    case 'platform': {
      const details = platformDetails(object)
      if (details === undefined) return undefined
      return { head: headOf(object, ''), addEntries: detailEntries(details), hides: (key) => key === 'isTrusted' }
    }
    default:
      return undefined
  }
}

function isIndex(key: string | symbol): boolean {
  return typeof key === 'string' && +key >= 0
}

/** Whether an entry has room; says how many have none. */
function hasRoom(entries: string[], left: number, inspection: Inspection): boolean {
  if (entries.length < MAX_ENTRIES && inspection.remaining > 0) return true
  ArrayPrototypePush(entries, more(left, 'item'))
  return false
}

function detailEntries(details: Details): AddEntries {
  return (entries, nested, inspection) => {
    for (let i = 0; i < details.length; i++) {
      if (!hasRoom(entries, details.length - i, inspection)) return
      const detail = details[i] as Details[number]
      ArrayPrototypePush(entries, `${inspection.spend(formatKey(detail[0]))}: ${nested(detail[1])}`)
    }
  }
}

function mapEntries(map: object, size: number): AddEntries {
  return (entries, nested, inspection) => {
    const iterator: object = MapPrototypeEntries(map)
    for (let i = 0; i < size; i++) {
      if (!hasRoom(entries, size - i, inspection)) return
      const step = MapIteratorPrototypeNext(iterator)
      if (step.done === true) return
      const pair = step.value as [unknown, unknown]
      const key = nested(pair[0])
      ArrayPrototypePush(entries, `${key} => ${nested(pair[1])}`)
    }
  }
}

function setItems(set: object, size: number): AddEntries {
  return (entries, nested, inspection) => {
    const iterator: object = SetPrototypeValues(set)
    for (let i = 0; i < size; i++) {
      if (!hasRoom(entries, size - i, inspection)) return
      const step = SetIteratorPrototypeNext(iterator)
      if (step.done === true) return
      ArrayPrototypePush(entries, nested(step.value))
    }
  }
}

const MAX_BYTES = 50

function bufferBytes(buffer: ArrayBuffer): AddEntries {
  return (entries, _nested, inspection) => {
    const size = ArrayBufferPrototypeGetByteLength(buffer)
    const bytes = new Uint8ArrayConstructor(buffer, 0, MathMin(size, MAX_BYTES))
    const texts: string[] = []
    for (let i = 0; i < TypedArrayPrototypeGetLength(bytes); i++) {
      texts[i] = StringPrototypePadStart(NumberPrototypeToString(bytes[i] as number, 16), 2, '0')
    }
    const rest = size > MAX_BYTES ? ` ... ${size - MAX_BYTES} more bytes` : ''
    const text = `[Uint8Contents]: <${ArrayPrototypeJoin(texts, ' ')}${rest}>`
    ArrayPrototypePush(entries, inspection.spend(text), `byteLength: ${size}`)
  }
}
