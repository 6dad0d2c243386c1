// https://webidl.spec.whatwg.org/#BufferSource
import {
  ArrayBufferConstructor,
  ArrayBufferIsView,
  DataViewPrototypeGetBuffer,
  DataViewPrototypeGetByteLength,
  DataViewPrototypeGetByteOffset,
  ObjectPrototypeToString,
  TypedArrayPrototypeGetBuffer,
  TypedArrayPrototypeGetByteLength,
  TypedArrayPrototypeGetByteOffset,
  TypedArrayPrototypeGetSymbolToStringTag,
  ArrayBufferPrototypeGetByteLength,
  Uint8ArrayConstructor,
} from '../primordials.ts'

export type BufferSource = ArrayBuffer | ArrayBufferView

interface ArrayBufferView {
  readonly buffer: ArrayBufferLike
}

export function isArrayBuffer(value: unknown): value is ArrayBuffer {
  if (typeof value !== 'object' || value === null) return false
  if (value instanceof ArrayBufferConstructor || ObjectPrototypeToString(value) === '[object ArrayBuffer]') {
    try {
      ArrayBufferPrototypeGetByteLength(value)
      return true
    } catch {
      return false
    }
  }
  return false
}

export function isBufferSource(value: unknown): value is BufferSource {
  return ArrayBufferIsView(value) || isArrayBuffer(value)
}

/** The bytes of a buffer source, in place. */
export function bytesOf(source: BufferSource): Uint8Array {
  if (!ArrayBufferIsView(source)) return new Uint8ArrayConstructor(source as ArrayBuffer)
  if (TypedArrayPrototypeGetSymbolToStringTag(source) === undefined) {
    return new Uint8ArrayConstructor(
      DataViewPrototypeGetBuffer(source),
      DataViewPrototypeGetByteOffset(source),
      DataViewPrototypeGetByteLength(source),
    )
  }
  return new Uint8ArrayConstructor(
    TypedArrayPrototypeGetBuffer(source),
    TypedArrayPrototypeGetByteOffset(source),
    TypedArrayPrototypeGetByteLength(source),
  )
}
