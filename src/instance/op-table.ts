// The operations an instance has under way, and the sources its guest may read. Numbers come from the guest, so each is
// looked up here before it means anything.
import type { ByteSource } from '../task.ts'
import type { TaskRun } from './task-run.ts'

interface RunningOp {
  readonly run: TaskRun
  readonly cancel: () => void
}

interface HeldSource {
  readonly run: TaskRun
  readonly source: ByteSource
}

export class OpTable {
  readonly #ops = new Map<number, RunningOp>()
  readonly #sources = new Map<number, HeldSource>()
  #lastSource = 0

  get size(): number {
    return this.#ops.size + this.#sources.size
  }

  has(id: number): boolean {
    return this.#ops.has(id)
  }

  /** @param cancel - stops the work; nothing is delivered afterwards */
  add(id: number, run: TaskRun, cancel: () => void): void {
    this.#ops.set(id, { run, cancel })
    run.ops ??= new Set()
    run.ops.add(id)
  }

  /** The op is done: the run it belongs to, or undefined when it was canceled meanwhile. */
  take(id: number): TaskRun | undefined {
    const op = this.#ops.get(id)
    if (op === undefined) return undefined
    this.#ops.delete(id)
    op.run.ops?.delete(id)
    return op.run
  }

  cancel(id: number): void {
    const op = this.#ops.get(id)
    if (op === undefined) return
    this.take(id)
    op.cancel()
  }

  /** Makes a source readable by the guest; its number is never 0. */
  addSource(run: TaskRun, source: ByteSource): number {
    this.#lastSource += 1
    const id = this.#lastSource
    this.#sources.set(id, { run, source })
    run.sources ??= new Set()
    run.sources.add(id)
    return id
  }

  source(id: number): ByteSource | undefined {
    return this.#sources.get(id)?.source
  }

  /** The source was read to its end, or goes to somebody else: it is the guest's no more. */
  takeSource(id: number): ByteSource | undefined {
    const held = this.#sources.get(id)
    if (held === undefined) return undefined
    this.#sources.delete(id)
    held.run.sources?.delete(id)
    return held.source
  }

  /** Cancels all a run left behind. */
  endRun(run: TaskRun): void {
    if (run.ops !== undefined) for (const id of run.ops) this.cancel(id)
    if (run.sources !== undefined) {
      for (const id of run.sources) this.takeSource(id)?.cancel('the task ended')
    }
  }
}
