// The two ends of a transform of bytes. They behave as those of a TransformStream do, except that a chunk with much output
// is worked off only as far as it is read: a TransformStream would queue all of it.
// https://streams.spec.whatwg.org/#ts-model
import {
  PromiseConstructor,
  PromisePrototypeThen,
  TypedArrayPrototypeGetByteLength,
  TypeErrorConstructor,
} from '../primordials.ts'
import { streams } from './lazy.ts'
import { bytesOf, isBufferSource } from '../webidl/buffer-source.ts'

/** Takes a piece of output; waits while there is no room for more. */
export type TakePiece = (piece: Uint8Array) => Promise<void> | undefined

/** What is between the ends. Whatever it rejects with fails both. */
export interface ByteTransform {
  feed(bytes: Uint8Array, take: TakePiece): Promise<void>
  finish(take: TakePiece): Promise<void>
  /** Nobody writes or reads any more. */
  close(): void
}

type Streams = ReturnType<typeof streams>
type Readable = Streams['ReadableStream']['prototype']
type Writable = Streams['WritableStream']['prototype']
type ReadableController = Streams['ReadableStreamDefaultController']['prototype'] & {
  readonly byobRequest?: { respond(bytes: number): void } | null
}
type WritableController = Streams['WritableStreamDefaultController']['prototype']

/** So much output of one chunk is made ahead of whoever reads it. */
const AHEAD_BYTES = 1024 * 1024

export class BytePair {
  readonly readable: Readable
  readonly writable: Writable
  readonly #transform: ByteTransform
  // Given by the streams' `start`, before the constructor is over.
  #output!: ReadableController
  #input!: WritableController
  /** Settles the `pull` that waits for output. */
  #pulled: (() => void) | undefined
  /** Lets the write go on that waits for a `pull`. */
  #resume: (() => void) | undefined
  #failure: { readonly reason: unknown } | undefined

  /** @param kind - `bytes`: the readable end can fill a reader's own buffers */
  constructor(transform: ByteTransform, kind: 'default' | 'bytes' = 'default') {
    this.#transform = transform
    const { ReadableStream, WritableStream } = streams()
    this.readable = new ReadableStream(
      {
        __proto__: null,
        ...(kind === 'bytes' ? { type: 'bytes' } : {}),
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
      // Streams of bytes measure their chunks themselves.
      {
        __proto__: null,
        highWaterMark: 0,
        ...(kind === 'bytes' ? {} : { size: TypedArrayPrototypeGetByteLength }),
      } as object,
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
    if (!isBufferSource(chunk)) throw new TypeErrorConstructor('The stream takes buffers and views of them.')
    await this.#transform.feed(bytesOf(chunk), (piece) => this.#take(piece))
  }

  async #close(): Promise<void> {
    await this.#transform.finish((piece) => this.#take(piece))
    this.#output.close()
    // A read into a buffer must be answered, or it waits for ever.
    this.#output.byobRequest?.respond(0)
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
    this.#transform.close()
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
