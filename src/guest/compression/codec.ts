// A compression stream of the host. It is opened by its first use, and gives output in pieces: who has taken a full one
// asks for the next. Nothing is made before it is asked for.
import { FULL_PIECE_BYTES, SLICE_BYTES } from '../../bridge/compression.ts'
import { OP, type OpCode } from '../../bridge/ops.ts'
import {
  ArrayBufferPrototypeGetByteLength,
  PromiseConstructor,
  TypedArrayPrototypeGetByteLength,
  TypedArrayPrototypeSlice,
  Uint8ArrayConstructor,
} from '../primordials.ts'
import { hostCall } from '../runtime/host.ts'
import {
  addPending,
  assertStarted,
  endedError,
  errorFromText,
  nextOpId,
  type PendingOp,
  removePending,
} from '../runtime/pending-ops.ts'
import { currentTask } from '../runtime/task-scope.ts'
import type { ByteTransform, TakePiece } from '../streams/byte-pair.ts'

export type CodecDirection = 'compress' | 'decompress'

export class Codec implements ByteTransform {
  readonly #direction: CodecDirection
  readonly #format: string
  #number = 0

  constructor(direction: CodecDirection, format: string) {
    this.#direction = direction
    this.#format = format
  }

  async feed(bytes: Uint8Array, take: TakePiece): Promise<void> {
    const length = TypedArrayPrototypeGetByteLength(bytes)
    for (let start = 0; start < length; start += SLICE_BYTES) {
      // A slice, not a view: with a view all of its buffer would cross.
      const slice = TypedArrayPrototypeSlice(bytes, start, start + SLICE_BYTES) as Uint8Array
      await this.#run(OP.codecFeed, slice, take)
    }
  }

  async finish(take: TakePiece): Promise<void> {
    await this.#run(OP.codecFinish, undefined, take)
    this.close()
  }

  close(): void {
    if (this.#number > 0) hostCall(OP.codecClose, this.#number)
    this.#number = -1
  }

  async #run(op: OpCode, slice: Uint8Array | undefined, take: TakePiece): Promise<void> {
    this.#open()
    let piece = await startPiece(op, this.#number, slice)
    for (;;) {
      const length = ArrayBufferPrototypeGetByteLength(piece.buffer)
      if (length > 0) await take(new Uint8ArrayConstructor(piece.buffer))
      if (piece.failure !== undefined) throw errorFromText(piece.failure)
      if (length < FULL_PIECE_BYTES) return
      piece = await startPiece(OP.codecNext, this.#number)
    }
  }

  #open(): void {
    if (this.#number !== 0) return
    const number = nextOpId()
    assertStarted(hostCall(OP.codecOpen, number, this.#direction === 'compress' ? 0 : 1, this.#format))
    this.#number = number
  }
}

interface Piece {
  readonly buffer: ArrayBuffer
  readonly failure: string | undefined
}

function startPiece(op: OpCode, codec: number, slice?: Uint8Array): Promise<Piece> {
  const task = currentTask
  return new PromiseConstructor((resolve, reject) => {
    if (task?.ended === true) throw endedError(task)
    const id = nextOpId()
    assertStarted(hostCall(op, id, codec, slice))
    const pending: PendingOp = {
      id,
      task,
      settle(ok, first, second) {
        if (ok) resolve({ buffer: first as ArrayBuffer, failure: second as string | undefined })
        else reject(errorFromText(first as string))
      },
      abandon() {
        removePending(pending)
        reject(endedError(task))
      },
    }
    addPending(pending)
  })
}
