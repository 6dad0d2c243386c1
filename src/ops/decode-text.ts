// Text in the encodings the guest has no tables for. It runs on the host's thread in one go, hence the bound.

export interface DecodeTextOptions {
  /** An encoding label of https://encoding.spec.whatwg.org/#names-and-labels. */
  readonly label: string
  /** Malformed input fails instead of becoming U+FFFD. */
  readonly fatal: boolean
  /** A byte order mark stays in the text. */
  readonly ignoreBom: boolean
}

/** The most bytes decoded at once. */
export const MAX_DECODE_BYTES: number = 32 * 1024 * 1024

/** Undefined when the bytes are malformed and `fatal`, are too many, or the label is unknown. */
export function decodeText(bytes: Uint8Array, options: DecodeTextOptions): string | undefined {
  if (bytes.byteLength > MAX_DECODE_BYTES) return undefined
  try {
    return new TextDecoder(options.label, { fatal: options.fatal, ignoreBOM: options.ignoreBom }).decode(bytes)
  } catch {
    return undefined
  }
}
