// Chunks of bytes as one.
import { TypedArrayPrototypeGetLength, TypedArrayPrototypeSet, Uint8ArrayConstructor } from '../primordials.ts'

export function concatBytes(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let size = 0
  for (let i = 0; i < chunks.length; i++) size += TypedArrayPrototypeGetLength(chunks[i])
  const bytes = new Uint8ArrayConstructor(size)
  let offset = 0
  for (let i = 0; i < chunks.length; i++) {
    const chunk = chunks[i] as Uint8Array
    TypedArrayPrototypeSet(bytes, chunk, offset)
    offset += TypedArrayPrototypeGetLength(chunk)
  }
  return bytes
}
