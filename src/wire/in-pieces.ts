// A body whose chunks are as large as its writer likes, read in pieces of a size that a process can handle between two
// other things.
import type { ByteSource } from '../task.ts'

export function inPieces(source: ByteSource, maxBytes: number): ByteSource {
  let rest: Uint8Array | undefined
  return {
    async read() {
      const chunk = rest ?? (await source.read())
      rest = chunk !== undefined && chunk.byteLength > maxBytes ? chunk.subarray(maxBytes) : undefined
      return rest === undefined ? chunk : chunk?.subarray(0, maxBytes)
    },
    cancel(reason) {
      rest = undefined
      source.cancel(reason)
    },
  }
}
