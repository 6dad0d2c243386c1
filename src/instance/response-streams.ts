// The streamed responses of an instance's tasks.
import { streamTooLargeError } from './limit-errors.ts'
import type { TaskRun } from './task-run.ts'
import { ResponseStream } from './response-stream.ts'

interface StreamOwner {
  /** The stream of the run has room again; deliver this op. */
  deliverRoom(op: number): void
  /** The reader of the run's response has gone. */
  abandon(run: TaskRun): void
}

export class ResponseStreams {
  readonly #owner: StreamOwner
  readonly #streams = new Map<number, ResponseStream>()
  /** Run → the op its guest waits with. */
  readonly #waiting = new Map<number, number>()

  constructor(owner: StreamOwner) {
    this.#owner = owner
  }

  has(run: TaskRun): boolean {
    return this.#streams.has(run.id)
  }

  /** More is to come. */
  isOpen(run: TaskRun): boolean {
    return this.#streams.get(run.id)?.isOpen === true
  }

  open(run: TaskRun): ResponseStream {
    const existing = this.#streams.get(run.id)
    if (existing !== undefined) return existing
    const stream = new ResponseStream({
      drained: () => this.#wake(run),
      canceled: () => {
        this.#owner.abandon(run)
        this.#wake(run)
      },
    })
    this.#streams.set(run.id, stream)
    return stream
  }

  /** Returns whether the guest may write on; the stream ends where the response has become too large. */
  write(run: TaskRun, chunk: Uint8Array): boolean {
    run.bytesOut += chunk.byteLength
    const stream = this.open(run)
    const { responseBodyBytes } = run.prepared.limits
    if (run.bytesOut > responseBodyBytes) {
      const error = streamTooLargeError(responseBodyBytes)
      run.fail('exception', error)
      stream.fail(new Error(error.message))
      // The guest waits meanwhile; left to itself it would go on writing until its CPU time is used up.
      setImmediate(() => this.#owner.abandon(run))
      return false
    }
    return stream.write(chunk)
  }

  /** Delivers the op once there is room; at the earliest in a turn of its own. */
  whenRoom(run: TaskRun, op: number): void {
    if (this.#streams.get(run.id)?.hasRoom === false) this.#waiting.set(run.id, op)
    else setImmediate(() => this.#owner.deliverRoom(op))
  }

  finish(run: TaskRun, error?: Error): void {
    const stream = this.#streams.get(run.id)
    if (error === undefined) stream?.finish()
    else stream?.fail(error)
  }

  forget(run: TaskRun): void {
    const stream = this.#streams.get(run.id)
    if (stream === undefined) return
    this.#streams.delete(run.id)
    this.#waiting.delete(run.id)
    stream.fail(new Error('The task ended before its response was complete.'))
  }

  #wake(run: TaskRun): void {
    const op = this.#waiting.get(run.id)
    if (op === undefined) return
    this.#waiting.delete(run.id)
    this.#owner.deliverRoom(op)
  }
}
