// Every encoding but UTF-8: UTF-16 and the single-byte ones by @exodus/bytes, the multi-byte ones of East Asia by the
// host, which has the tables anyway. Few programs get here: reach this module through a `lazy` accessor only.
import { normalizeEncoding, TextDecoder as ExodusDecoder } from '@exodus/bytes/encoding-lite.js'
import {
  SetConstructor,
  SetPrototypeHas,
  TypedArrayPrototypeGetLength,
  TypedArrayPrototypeSet,
  TypeErrorConstructor,
  Uint8ArrayConstructor,
} from '../primordials.ts'

/** A decoder with its state between chunks. */
export interface StreamingDecoder {
  /** @param stream - whether more bytes follow */
  decode(bytes: Uint8Array, options: { readonly stream: boolean }): string
}

export interface DecoderOptions {
  readonly fatal: boolean
  readonly ignoreBOM: boolean
}

/** Flags: 1 is fatal, 2 is ignoreBOM. Gives undefined for malformed bytes when fatal. */
export type HostDecode = (bytes: Uint8Array, label: string, flags: number) => string | undefined

const ON_HOST = new SetConstructor(['big5', 'euc-jp', 'euc-kr', 'gb18030', 'gbk', 'iso-2022-jp', 'shift_jis'])

/** The name of the encoding a label means, in lower case, or undefined. */
export function encodingOfLabel(label: string): string | undefined {
  const encoding: string | null = normalizeEncoding(label)
  return encoding === null || encoding === 'replacement' ? undefined : encoding
}

export function createLegacyDecoder(
  encoding: string,
  options: DecoderOptions & { readonly hostDecode: HostDecode },
): StreamingDecoder {
  if (SetPrototypeHas(ON_HOST, encoding)) return createHostDecoder(encoding, options)
  const { fatal, ignoreBOM } = options
  return new ExodusDecoder(encoding, { fatal, ignoreBOM })
}

/** The host keeps no state between calls, so the chunks of a stream wait here for the last one. */
function createHostDecoder(
  encoding: string,
  { fatal, ignoreBOM, hostDecode }: DecoderOptions & { readonly hostDecode: HostDecode },
): StreamingDecoder {
  const flags = (fatal ? 1 : 0) | (ignoreBOM ? 2 : 0)
  let pending = new Uint8ArrayConstructor(0)
  return {
    decode(bytes, { stream }) {
      const kept = TypedArrayPrototypeGetLength(pending)
      const all = new Uint8ArrayConstructor(kept + TypedArrayPrototypeGetLength(bytes))
      TypedArrayPrototypeSet(all, pending)
      TypedArrayPrototypeSet(all, bytes, kept)
      pending = stream ? all : new Uint8ArrayConstructor(0)
      if (stream) return ''
      const text = hostDecode(all, encoding, flags)
      if (text === undefined) throw new TypeErrorConstructor(`The bytes are not valid ${encoding}.`)
      return text
    },
  }
}
