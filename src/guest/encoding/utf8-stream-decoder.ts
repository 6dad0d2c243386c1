// UTF-8 that arrives in chunks: a character, or the byte order mark, may be cut anywhere.
import {
  TypedArrayPrototypeGetLength,
  TypedArrayPrototypeSet,
  TypedArrayPrototypeSlice,
  TypedArrayPrototypeSubarray,
  Uint8ArrayConstructor,
} from '../primordials.ts'
import type { DecoderOptions, StreamingDecoder } from './legacy-encodings.ts'
import { decodeUtf8, hasBom, unfinishedBytes } from './utf8.ts'

export function createUtf8Decoder({ fatal, ignoreBOM }: DecoderOptions): StreamingDecoder {
  const errors = fatal ? 'fatal' : 'replacement'
  let pending: Uint8Array | undefined
  let bomPassed = ignoreBOM
  return {
    decode(bytes, { stream }) {
      let rest = pending === undefined ? bytes : join(pending, bytes)
      pending = undefined
      if (stream) {
        const unfinished = unfinishedBytes(rest)
        if (unfinished > 0) {
          const whole = TypedArrayPrototypeGetLength(rest) - unfinished
          pending = TypedArrayPrototypeSlice(rest, whole) as Uint8Array
          rest = TypedArrayPrototypeSubarray(rest, 0, whole) as Uint8Array
        }
      }
      if (!bomPassed && hasBom(rest)) rest = TypedArrayPrototypeSubarray(rest, 3) as Uint8Array
      else if (TypedArrayPrototypeGetLength(rest) === 0) {
        if (!stream) bomPassed = ignoreBOM
        return ''
      }
      bomPassed = stream || ignoreBOM
      return decodeUtf8(rest, errors)
    },
  }
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = new Uint8ArrayConstructor(first.length + TypedArrayPrototypeGetLength(second))
  TypedArrayPrototypeSet(joined, first)
  TypedArrayPrototypeSet(joined, second, first.length)
  return joined
}
