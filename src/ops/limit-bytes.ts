// A ByteSource that ends in an error once more bytes came than may.
import type { ByteSource } from '../task.ts'

export interface ByteLimit {
  readonly maxBytes: number
  /** The error of the read that went over. */
  exceeded(): Error
}

export function limitBytes(source: ByteSource, limit: ByteLimit): ByteSource {
  let bytes = 0
  let error: Error | undefined
  return {
    async read() {
      if (error !== undefined) throw error
      const chunk = await source.read()
      bytes += chunk?.byteLength ?? 0
      if (bytes <= limit.maxBytes) return chunk
      error = limit.exceeded()
      source.cancel(error.message)
      throw error
    },
    cancel(reason) {
      source.cancel(reason)
    },
  }
}
