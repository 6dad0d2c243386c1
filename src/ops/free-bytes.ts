// Bytes that nobody needs any more, given back at once. Left to V8 they make it collect the host's whole heap for every
// few dozen MiB of them: ten milliseconds and more that hold up every tenant, and that no task is charged for.
//
// Only for whoever has a buffer to itself: all views of it are empty afterwards.

import type { ByteSource } from '../task.ts'

/** Those whose chunks are the reader's alone. */
const giving = new WeakSet<ByteSource>()

/** Whoever reads the source may free its chunks. Returns the source. */
export function giveChunks(source: ByteSource): ByteSource {
  giving.add(source)
  return source
}

/** Frees chunks that their source has given away. */
export function freeChunks(chunks: readonly Uint8Array[], source: ByteSource): void {
  if (giving.has(source)) for (const chunk of chunks) freeBytes(chunk)
}

/** Frees the memory of bytes that are all of their buffer; others stay as they are. */
export function freeBytes({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && !buffer.detached && buffer.byteLength === byteLength) buffer.transfer(0)
}
