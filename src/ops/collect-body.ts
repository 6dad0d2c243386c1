// The whole of a body at once, for `text()`, `arrayBuffer()` and their like.
import type { ByteSource } from '../task.ts'
import { limitBytes } from './limit-bytes.ts'

/** The body is larger than what may be held at once; the worker sees a RangeError, as for any buffer too large. */
export class BodyTooLarge extends RangeError {
  override readonly name = 'RangeError'
}

/** The bytes own their whole ArrayBuffer, so that it can be transferred. */
export async function collectBytes(source: ByteSource, limitInBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const { chunks, byteLength } = await collectChunks(source, limitInBytes)
  const bytes = new Uint8Array(byteLength)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.byteLength
  }
  return bytes
}

/** https://encoding.spec.whatwg.org/#utf-8-decode: a byte order mark is dropped, what is malformed becomes U+FFFD. */
export async function collectText(source: ByteSource, limitInBytes: number): Promise<string> {
  const { chunks } = await collectChunks(source, limitInBytes)
  const [only] = chunks
  if (chunks.length === 1) return UTF8.decode(only)
  return chunks.length === 0 ? '' : UTF8.decode(Buffer.concat(chunks))
}

const UTF8 = new TextDecoder()

async function collectChunks(
  source: ByteSource,
  limitInBytes: number,
): Promise<{ chunks: Uint8Array[]; byteLength: number }> {
  const limited = limitBytes(source, {
    maxBytes: limitInBytes,
    exceeded: () =>
      new BodyTooLarge(
        `The body is larger than the ${limitInBytes} bytes that can be read at once; read it as a stream.`,
      ),
  })
  const chunks: Uint8Array[] = []
  let byteLength = 0
  for (;;) {
    const chunk = await limited.read()
    if (chunk === undefined) return { chunks, byteLength }
    chunks.push(chunk)
    byteLength += chunk.byteLength
  }
}
