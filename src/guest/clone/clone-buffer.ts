// Buffers and the views on them.
import {
  ArrayBufferConstructor,
  ArrayBufferPrototypeGetByteLength,
  ArrayBufferPrototypeGetDetached,
  ArrayBufferPrototypeGetMaxByteLength,
  ArrayBufferPrototypeGetResizable,
  DataViewConstructor,
  DataViewPrototypeGetBuffer,
  DataViewPrototypeGetByteLength,
  DataViewPrototypeGetByteOffset,
  TypedArrayConstructors,
  TypedArrayPrototypeGetBuffer,
  TypedArrayPrototypeGetByteLength,
  TypedArrayPrototypeGetByteOffset,
  TypedArrayPrototypeGetLength,
  TypedArrayPrototypeGetSymbolToStringTag,
  TypedArrayPrototypeSet,
  TypedArrayPrototypeValues,
  Uint8ArrayConstructor,
} from '../primordials.ts'
import { makeResizableBuffer } from '../memory/resizable-buffers.ts'
import { cannotClone } from './clone-error.ts'

export function cloneArrayBuffer(buffer: ArrayBuffer): ArrayBuffer {
  if (ArrayBufferPrototypeGetDetached(buffer)) throw cannotClone(buffer)
  const bytes = new Uint8ArrayConstructor(buffer)
  if (!ArrayBufferPrototypeGetResizable(buffer)) {
    return TypedArrayPrototypeGetBuffer(new Uint8ArrayConstructor(bytes))
  }
  const sizes = [ArrayBufferPrototypeGetByteLength(buffer), ArrayBufferPrototypeGetMaxByteLength(buffer)] as const
  const result = makeResizableBuffer(sizes, ArrayBufferConstructor as never)
  TypedArrayPrototypeSet(new Uint8ArrayConstructor(result), bytes)
  return result
}

/** @param cloneOf - gives the clone of the buffer the view is on, which other views may share */
export function cloneTypedArray(view: object, cloneOf: (buffer: ArrayBuffer) => ArrayBuffer): object {
  const kind = TypedArrayPrototypeGetSymbolToStringTag(view) as string
  const buffer = TypedArrayPrototypeGetBuffer(view)
  const constructor = TypedArrayConstructors[kind]
  if (constructor === undefined || isOutOfBounds(view, buffer)) throw cannotClone(view)
  const offset = TypedArrayPrototypeGetByteOffset(view)
  const tracksLength = endsWithBuffer(buffer, offset + TypedArrayPrototypeGetByteLength(view))
  const length = TypedArrayPrototypeGetLength(view)
  const clone = cloneOf(buffer)
  return tracksLength ? new constructor(clone, offset) : new constructor(clone, offset, length)
}

export function cloneDataView(view: object, cloneOf: (buffer: ArrayBuffer) => ArrayBuffer): object {
  const buffer = DataViewPrototypeGetBuffer(view)
  if (ArrayBufferPrototypeGetDetached(buffer)) throw cannotClone(view)
  let offset: number
  let length: number
  try {
    offset = DataViewPrototypeGetByteOffset(view)
    length = DataViewPrototypeGetByteLength(view)
  } catch {
    // Its buffer has shrunk.
    throw cannotClone(view)
  }
  const tracksLength = endsWithBuffer(buffer, offset + length)
  const clone = cloneOf(buffer)
  return tracksLength ? new DataViewConstructor(clone, offset) : new DataViewConstructor(clone, offset, length)
}

/** Whether the buffer has shrunk so far that the view is on nothing of it; the getters only say 0 then. */
function isOutOfBounds(view: object, buffer: ArrayBuffer): boolean {
  if (!ArrayBufferPrototypeGetResizable(buffer) || TypedArrayPrototypeGetLength(view) > 0) return false
  try {
    TypedArrayPrototypeValues(view)
    return false
  } catch {
    return true
  }
}

/** Nothing tells whether a view grows with its buffer; one that ends where the buffer ends most likely does. */
function endsWithBuffer(buffer: ArrayBuffer, end: number): boolean {
  return ArrayBufferPrototypeGetResizable(buffer) && end === ArrayBufferPrototypeGetByteLength(buffer)
}
