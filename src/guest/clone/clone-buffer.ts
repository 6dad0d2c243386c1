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
  TypedArrayPrototypeIndexOf,
  TypedArrayPrototypeSet,
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
  if (constructor === undefined) throw cannotClone(view)
  assertInBounds(view, buffer)
  const offset = TypedArrayPrototypeGetByteOffset(view)
  const tracksLength = endsWithBuffer(buffer, offset + TypedArrayPrototypeGetByteLength(view))
  const length = TypedArrayPrototypeGetLength(view)
  const clone = cloneOf(buffer)
  return tracksLength ? new constructor(clone, offset) : new constructor(clone, offset, length)
}

export function cloneDataView(view: object, cloneOf: (buffer: ArrayBuffer) => ArrayBuffer): object {
  const buffer = DataViewPrototypeGetBuffer(view)
  if (ArrayBufferPrototypeGetDetached(buffer)) throw cannotClone(view)
  assertInBounds(view, buffer)
  const offset = DataViewPrototypeGetByteOffset(view)
  const length = DataViewPrototypeGetByteLength(view)
  const tracksLength = endsWithBuffer(buffer, offset + length)
  const clone = cloneOf(buffer)
  return tracksLength ? new DataViewConstructor(clone, offset) : new DataViewConstructor(clone, offset, length)
}

/** A buffer may have shrunk until a view on it is beyond its end. */
function assertInBounds(view: object, buffer: ArrayBuffer): void {
  if (!ArrayBufferPrototypeGetResizable(buffer)) return
  try {
    if (TypedArrayPrototypeGetSymbolToStringTag(view) === undefined) DataViewPrototypeGetByteLength(view)
    // Any method tells; a view that is in bounds and empty has nothing to look through.
    else if (TypedArrayPrototypeGetLength(view) === 0) TypedArrayPrototypeIndexOf(view, 0)
  } catch {
    throw cannotClone(view)
  }
}

/** Nothing tells whether a view grows with its buffer; one that ends where the buffer ends most likely does. */
function endsWithBuffer(buffer: ArrayBuffer, end: number): boolean {
  return ArrayBufferPrototypeGetResizable(buffer) && end === ArrayBufferPrototypeGetByteLength(buffer)
}
