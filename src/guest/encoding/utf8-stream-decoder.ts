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
      const unfinished = stream ? unfinishedBytes(rest) : 0
      const whole = TypedArrayPrototypeGetLength(rest) - unfinished
      const kept = unfinished === 0 ? undefined : (TypedArrayPrototypeSlice(rest, whole) as Uint8Array)
      const start = !bomPassed && hasBom(rest) ? 3 : 0
      if (start > 0 || unfinished > 0) rest = TypedArrayPrototypeSubarray(rest, start, whole) as Uint8Array
      // An error forgets the chunk and what it left unfinished, but not that the mark may still come.
      if (!stream) bomPassed = ignoreBOM
      const text = decodeUtf8(rest, errors)
      pending = kept
      if (stream && whole > 0) bomPassed = true
      return text
    },
  }
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  const firstLength = TypedArrayPrototypeGetLength(first)
  const joined = new Uint8ArrayConstructor(firstLength + TypedArrayPrototypeGetLength(second))
  TypedArrayPrototypeSet(joined, first)
  TypedArrayPrototypeSet(joined, second, firstLength)
  return joined
}
