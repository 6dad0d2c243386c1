// How a message lies on a stream between two processes: two lengths, a JSON text, and at most one run of bytes.
//
//   u32 length of the text · u32 length of the bytes + 1, or 0 for none · text (UTF-8) · bytes
//
// JSON, not V8's own serialisation: control and supervisor read what hosts send, and a host may have been taken over.

const HEAD_BYTES = 8
/** A bundle with its source map is the largest text there is. */
const MAX_TEXT_BYTES = 128 * 1024 * 1024
const MAX_BYTES = 128 * 1024 * 1024

export interface Frame {
  readonly message: unknown
  readonly bytes: Uint8Array | undefined
}

export function encodeFrame(message: object, bytes?: Uint8Array): Buffer[] {
  const text = Buffer.from(JSON.stringify(message))
  const head = Buffer.allocUnsafe(HEAD_BYTES)
  head.writeUInt32LE(text.length, 0)
  head.writeUInt32LE(bytes === undefined ? 0 : bytes.byteLength + 1, 4)
  if (bytes === undefined) return [head, text]
  return [head, text, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)]
}

/** The most that the sender has reason to say at once. */
export interface FrameLimits {
  readonly maxTextBytes?: number
  readonly maxBytes?: number
}

/** Frames from a stream that arrives in pieces of any size. */
export class FrameReader {
  #pieces: Buffer[] = []
  #length = 0
  /** Bytes the next frame needs; its head, until that is known. */
  #wanted = HEAD_BYTES
  readonly #maxTextBytes: number
  readonly #maxBytes: number

  constructor({ maxBytes = MAX_BYTES, maxTextBytes = MAX_TEXT_BYTES }: FrameLimits = {}) {
    this.#maxTextBytes = maxTextBytes
    this.#maxBytes = maxBytes
  }

  /** @throws Error where the sender does not speak this language; nothing after that can be trusted */
  read(piece: Buffer): Frame[] {
    const frames: Frame[] = []
    this.#pieces.push(piece)
    this.#length += piece.length
    while (this.#length >= this.#wanted) {
      const data = this.#joined()
      const textLength = data.readUInt32LE(0)
      const bytesLength = data.readUInt32LE(4)
      if (textLength > this.#maxTextBytes || bytesLength > this.#maxBytes + 1) throw new Error('a message is too large')
      const textEnd = HEAD_BYTES + textLength
      const end = textEnd + Math.max(0, bytesLength - 1)
      if (data.length < end) {
        this.#wanted = end
        break
      }
      this.#keep(data.subarray(end))
      const message: unknown = JSON.parse(data.toString('utf8', HEAD_BYTES, textEnd))
      // A copy: a small body must not keep a large piece alive, and receivers hand bytes over.
      frames.push({ message, bytes: bytesLength === 0 ? undefined : new Uint8Array(data.subarray(textEnd, end)) })
    }
    return frames
  }

  #joined(): Buffer {
    const [only] = this.#pieces
    const data = this.#pieces.length === 1 && only !== undefined ? only : Buffer.concat(this.#pieces)
    this.#pieces = [data]
    return data
  }

  #keep(rest: Buffer): void {
    this.#pieces = rest.length === 0 ? [] : [rest]
    this.#length = rest.length
    this.#wanted = HEAD_BYTES
  }
}
