// A value on its way into a KV store: in parts of one size, however its chunks come.
import type { ByteSource } from '../../task.ts'
import { KV_LIMITS } from '../../bridge/kv-limits.ts'
import { tooLarge } from './check-kv.ts'
import { PART_BYTES } from './kv-store.ts'

/** Views of the bytes. @throws IsopodError `INVALID_OPTION` where there are more than a value may have */
export function partsOf(bytes: Uint8Array): Uint8Array[] {
  if (bytes.byteLength > KV_LIMITS.valueBytes) throw tooLarge(String(bytes.byteLength))
  const parts: Uint8Array[] = []
  for (let start = 0; start < bytes.byteLength; start += PART_BYTES) {
    parts.push(bytes.subarray(start, start + PART_BYTES))
  }
  return parts
}

/** @throws IsopodError `INVALID_OPTION` as soon as there are more bytes than a value may have; what the source throws */
export async function collectParts(source: ByteSource): Promise<Uint8Array[]> {
  const parts: Uint8Array[] = []
  let part = new Uint8Array(PART_BYTES)
  let filled = 0
  for (;;) {
    const chunk = await source.read()
    if (chunk === undefined) break
    for (let start = 0; start < chunk.byteLength;) {
      const piece = chunk.subarray(start, start + PART_BYTES - filled)
      part.set(piece, filled)
      filled += piece.byteLength
      start += piece.byteLength
      if (filled < PART_BYTES) continue
      parts.push(part)
      if (parts.length * PART_BYTES > KV_LIMITS.valueBytes) {
        source.cancel('the value is too large')
        throw tooLarge('more')
      }
      part = new Uint8Array(PART_BYTES)
      filled = 0
    }
  }
  // A copy, so that a short value does not hold a whole part.
  if (filled > 0) parts.push(part.slice(0, filled))
  if (parts.length * PART_BYTES - PART_BYTES + filled > KV_LIMITS.valueBytes) throw tooLarge('more')
  return parts
}
