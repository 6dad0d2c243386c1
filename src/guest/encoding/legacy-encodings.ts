// Every encoding but UTF-8, by @exodus/bytes. Few programs get here: reach this module through a `lazy` accessor only.
import { normalizeEncoding, TextDecoder as ExodusDecoder } from '@exodus/bytes/encoding.js'

/** A decoder with its state between chunks. */
export interface StreamingDecoder {
  /** @param stream - whether more bytes follow */
  decode(bytes: Uint8Array, options: { readonly stream: boolean }): string
}

export interface DecoderOptions {
  readonly fatal: boolean
  readonly ignoreBOM: boolean
}

/** The name of the encoding a label means, in lower case, or undefined. */
export function encodingOfLabel(label: string): string | undefined {
  const encoding: string | null = normalizeEncoding(label)
  return encoding === null || encoding === 'replacement' ? undefined : encoding
}

export function createLegacyDecoder(encoding: string, options: DecoderOptions): StreamingDecoder {
  return new ExodusDecoder(encoding, options)
}
