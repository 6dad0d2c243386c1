// IdentityTransformStream and FixedLengthStream, as other platforms of workers have them: bytes go through as they are, and
// the second one says beforehand how many. Reached through a `lazy` accessor only, as it loads the streams.
import {
  NumberIsFinite,
  TypedArrayPrototypeGetByteLength,
  TypedArrayPrototypeSlice,
  TypeErrorConstructor,
} from '../primordials.ts'
import { requireArguments, toEnforcedUnsignedLongLong } from '../webidl/convert.ts'
import { defineInterface } from '../webidl/interface.ts'
import { BytePair, type ByteTransform, type TakePiece } from './byte-pair.ts'
import { streams } from './lazy.ts'
import { setStreamLength } from './stream-length.ts'

const { TransformStream } = streams()

class Identity implements ByteTransform {
  /** Bytes that are still to come; undefined where nobody said. */
  #left: number | undefined

  constructor(length: number | undefined) {
    this.#left = length
  }

  async feed(bytes: Uint8Array, take: TakePiece): Promise<void> {
    const length = TypedArrayPrototypeGetByteLength(bytes)
    if (length === 0) return
    if (this.#left !== undefined) {
      if (length > this.#left) throw new TypeErrorConstructor('More bytes were written than the stream was to have.')
      this.#left -= length
    }
    // A copy: who reads it becomes the owner of its buffer.
    await take(TypedArrayPrototypeSlice(bytes) as Uint8Array)
  }

  async finish(): Promise<void> {
    if (this.#left === undefined || this.#left === 0) return
    throw new TypeErrorConstructor(`The stream was closed ${this.#left} bytes before the length it was to have.`)
  }

  close(): void {
    // Nothing is held.
  }
}

export class IdentityTransformStream extends TransformStream {
  readonly #pair: BytePair

  constructor(length?: unknown) {
    super()
    // Only the subclass passes what `new.target` accepts; others' arguments mean nothing.
    const isFixed = new.target !== IdentityTransformStream && NumberIsFinite(length)
    this.#pair = new BytePair(new Identity(isFixed ? (length as number) : undefined), 'bytes')
  }

  override get readable(): BytePair['readable'] {
    return this.#pair.readable
  }

  override get writable(): BytePair['writable'] {
    return this.#pair.writable
  }
}

export class FixedLengthStream extends IdentityTransformStream {
  constructor(expectedLength: number | bigint) {
    requireArguments(arguments.length, 1, 'FixedLengthStream')
    const bytes = toEnforcedUnsignedLongLong(
      typeof expectedLength === 'bigint' ? `${expectedLength}` : expectedLength,
      'The length of FixedLengthStream',
    )
    super(bytes)
    setStreamLength(this.readable, bytes)
  }
}

defineInterface(IdentityTransformStream, 'IdentityTransformStream', { constructor: 0 })
defineInterface(FixedLengthStream, 'FixedLengthStream')
