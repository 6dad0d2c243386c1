// The two ends of a compression stream. They behave as those of a TransformStream do, except that a chunk with much output
// is worked off only as far as it is read: a TransformStream would queue all of it.
// https://streams.spec.whatwg.org/#ts-model
import {
  PromiseConstructor,
  PromisePrototypeThen,
  TypedArrayPrototypeGetByteLength,
  TypeErrorConstructor,
} from '../primordials.ts'
import { streams } from '../streams/lazy.ts'
import { bytesOf, isBufferSource } from '../webidl/buffer-source.ts'
import type { Codec } from './codec.ts'

type Streams = ReturnType<typeof streams>
type Readable = Streams['ReadableStream']['prototype']
type Writable = Streams['WritableStream']['prototype']
type ReadableController = Streams['ReadableStreamDefaultController']['prototype']
type WritableController = Streams['WritableStreamDefaultController']['prototype']

/** So much output of one chunk is made ahead of whoever reads it. */
const AHEAD_BYTES = 1024 * 1024

export class CodecPair {
  readonly readable: Readable
  readonly writable: Writable
  readonly #codec: Codec
  // Given by the streams' `start`, before the constructor is over.
  #output!: ReadableController
  #input!: WritableController
  /** Settles the `pull` that waits for output. */
  #pulled: (() => void) | undefined
  /** Lets the write go on that waits for a `pull`. */
  #resume: (() => void) | undefined
  #failure: { readonly reason: unknown } | undefined

  constructor(codec: Codec) {
    this.#codec = codec
    const { ReadableStream, WritableStream } = streams()
    this.readable = new ReadableStream(
      {
        __proto__: null,
        start: (controller: ReadableController) => {
          this.#output = controller
        },
        pull: () =>
          new PromiseConstructor<void>((resolve) => {
            this.#pulled = resolve
            this.#wake()
          }),
        cancel: (reason: unknown) => {
          this.#stop(reason)
          this.#input.error(reason)
        },
      } as object,
      { __proto__: null, highWaterMark: 0, size: TypedArrayPrototypeGetByteLength } as object,
    )
    this.writable = new WritableStream(
      {
        __proto__: null,
        start: (controller: WritableController) => {
          this.#input = controller
        },
        write: (chunk: unknown) => this.#guarded(() => this.#write(chunk)),
        close: () => this.#guarded(() => this.#close()),
        abort: (reason: unknown) => {
          this.#stop(reason)
          this.#output.error(reason)
        },
      } as object,
      { __proto__: null } as object,
    )
  }

  async #write(chunk: unknown): Promise<void> {
    if (this.#pulled === undefined) await this.#demand()
    if (!isBufferSource(chunk)) throw new TypeErrorConstructor('A compression stream takes buffers and views of them.')
    await this.#codec.feed(bytesOf(chunk), (piece) => this.#take(piece))
  }

  async #close(): Promise<void> {
    await this.#codec.finish((piece) => this.#take(piece))
    this.#output.close()
    this.#settlePull()
  }

  #take(piece: Uint8Array): Promise<void> | undefined {
    if (this.#failure !== undefined) throw this.#failure.reason
    this.#output.enqueue(piece)
    this.#settlePull()
    return (this.#output.desiredSize ?? 0) > -AHEAD_BYTES ? undefined : this.#demand()
  }

  /** Until somebody reads who finds nothing. */
  async #demand(): Promise<void> {
    await new PromiseConstructor<void>((resolve) => {
      this.#resume = resolve
    })
    if (this.#failure !== undefined) throw this.#failure.reason
  }

  /** What fails at one end fails at the other. */
  #guarded(work: () => Promise<void>): Promise<void> {
    return PromisePrototypeThen(work(), undefined, (reason: unknown) => {
      if (this.#failure === undefined) {
        this.#stop(reason)
        this.#output.error(reason)
      }
      throw reason
    })
  }

  #stop(reason: unknown): void {
    this.#failure ??= { reason }
    this.#codec.close()
    this.#wake()
    this.#settlePull()
  }

  #wake(): void {
    const resume = this.#resume
    this.#resume = undefined
    resume?.()
  }

  #settlePull(): void {
    const pulled = this.#pulled
    this.#pulled = undefined
    pulled?.()
  }
}
