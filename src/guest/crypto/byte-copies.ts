// "Get a copy of the bytes held by the buffer source", for data on its way to the host.
// https://webidl.spec.whatwg.org/#dfn-get-buffer-source-copy
import { bareList } from '../list.ts'
import {
  ArrayBufferIsView,
  ArrayBufferPrototypeGetByteLength,
  ArrayBufferPrototypeGetDetached,
  ArrayBufferPrototypeGetResizable,
  ArrayPrototypePush,
  DataViewPrototypeGetBuffer,
  TypedArrayPrototypeGetBuffer,
  TypedArrayPrototypeGetByteLength,
  TypedArrayPrototypeGetSymbolToStringTag,
  TypedArrayPrototypeSet,
  TypeErrorConstructor,
  Uint8ArrayConstructor,
} from '../primordials.ts'
import { type BufferSource, bytesOf, isBufferSource } from '../webidl/buffer-source.ts'

/** @throws TypeError also for what can change its length */
export function toBufferSource(value: unknown, what: string): BufferSource {
  if (!isBufferSource(value)) throw new TypeErrorConstructor(`${what} must be an ArrayBuffer or a view of one.`)
  if (ArrayBufferPrototypeGetResizable(bufferOf(value))) {
    throw new TypeErrorConstructor(`${what} must not be resizable.`)
  }
  return value
}

/** Its bytes as they are now, with nothing else in their buffer: crossing to the host copies whole buffers. */
export function exactBytes(source: BufferSource): Uint8Array {
  const buffer = bufferOf(source)
  if (ArrayBufferPrototypeGetDetached(buffer)) return new Uint8ArrayConstructor(0)
  const bytes = bytesOf(source)
  const isWhole = TypedArrayPrototypeGetByteLength(bytes) === ArrayBufferPrototypeGetByteLength(buffer)
  return isWhole ? bytes : new Uint8ArrayConstructor(bytes)
}

/** Bytes of algorithms, collected into one array. */
export class ByteCollector {
  readonly #parts = bareList<Uint8Array>()
  #length = 0

  /** Copies them; returns where they will be. */
  add(source: BufferSource): [from: number, to: number] {
    const copy = new Uint8ArrayConstructor(exactBytes(source))
    ArrayPrototypePush(this.#parts, copy)
    const from = this.#length
    this.#length += TypedArrayPrototypeGetByteLength(copy)
    return [from, this.#length]
  }

  /** Undefined where nothing was added. */
  bytes(): Uint8Array | undefined {
    if (this.#length === 0) return undefined
    const all = new Uint8ArrayConstructor(this.#length)
    let at = 0
    for (let i = 0; i < this.#parts.length; i++) {
      const part = this.#parts[i] as Uint8Array
      TypedArrayPrototypeSet(all, part, at)
      at += TypedArrayPrototypeGetByteLength(part)
    }
    return all
  }
}

function bufferOf(source: BufferSource): ArrayBuffer {
  if (!ArrayBufferIsView(source)) return source as ArrayBuffer
  return TypedArrayPrototypeGetSymbolToStringTag(source) === undefined
    ? DataViewPrototypeGetBuffer(source)
    : TypedArrayPrototypeGetBuffer(source)
}
