// The whole of a body at once, for `text()`, `arrayBuffer()` and their like.
import type { ByteSource } from '../task.ts'
import { limitBytes } from './limit-bytes.ts'

/** The body is larger than what may be held at once; the worker sees a RangeError, as for any buffer too large. */
export class BodyTooLarge extends RangeError {
  override readonly name = 'RangeError'
}

/** As {@link collectChunks} and {@link joinChunks}. */
export async function collectBytes(source: ByteSource, limitInBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  return joinChunks(await collectChunks(source, limitInBytes))
}

/** As {@link collectChunks} and {@link decodeChunks}. */
export async function collectText(source: ByteSource, limitInBytes: number): Promise<string> {
  return decodeChunks(await collectChunks(source, limitInBytes))
}

/** @throws BodyTooLarge, or what reading throws */
export async function collectChunks(source: ByteSource, limitInBytes: number): Promise<readonly Uint8Array[]> {
  const limited = limitBytes(source, {
    maxBytes: limitInBytes,
    exceeded: () =>
      new BodyTooLarge(
        `The body is larger than the ${limitInBytes} bytes that can be read at once; read it as a stream.`,
      ),
  })
  const chunks: Uint8Array[] = []
  for (;;) {
    const chunk = await limited.read()
    if (chunk === undefined) return chunks
    chunks.push(chunk)
  }
}

/** The bytes own their whole ArrayBuffer, so that it can be transferred. */
export function joinChunks(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(chunks.reduce((sum, { byteLength }) => sum + byteLength, 0))
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.byteLength
  }
  return bytes
}

/** https://encoding.spec.whatwg.org/#utf-8-decode: a byte order mark is dropped, what is malformed becomes U+FFFD. */
export function decodeChunks(chunks: readonly Uint8Array[]): string {
  const [only] = chunks
  if (chunks.length === 1) return UTF8.decode(only)
  return chunks.length === 0 ? '' : UTF8.decode(Buffer.concat(chunks))
}

const UTF8 = new TextDecoder()
