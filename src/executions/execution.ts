// One run that somebody asked for: how it stands, what it said, how it ended. `pending` in the line, `running`, then
// `completed`, `failed` (by its own fault, limits included) or `killed` (by whoever may).
import type { LogLine } from '../task.ts'
import type { Json, Mode } from '../version.ts'
import type { RunResult } from '../backend/backend.ts'
import type { SourceLanguage } from '../backend/program/program-module.ts'

export type ExecutionStatus = 'pending' | 'running' | 'completed' | 'failed' | 'killed'

export type ExecutionEvent =
  | { readonly type: 'status'; readonly status: ExecutionStatus }
  | { readonly type: 'log'; readonly line: LogLine }
  | { readonly type: 'end' }

export interface ExecutionFacts {
  readonly id: string
  /** The tenant whose it is; of none, it is for admins. */
  readonly owner: string | undefined
  readonly code: string
  readonly input: Json
  readonly language: SourceLanguage
  readonly backend: string
  /** Why that one. */
  readonly reason: string
  readonly mode: Mode | undefined
}

/** Of those that nobody reads any more. */
const MAX_LISTENERS = 32

export class Execution {
  readonly facts: ExecutionFacts
  /** Unix time in milliseconds. */
  readonly created: number = Date.now()
  readonly #acceptedMs = performance.now()
  readonly #canceled = new AbortController()
  readonly #logs: LogLine[] = []
  readonly #listeners = new Set<(event: ExecutionEvent) => void>()
  readonly #finished = Promise.withResolvers<void>()
  #status: ExecutionStatus = 'pending'
  #startedMs: number | undefined
  #result: RunResult | undefined
  #durationMs = 0

  constructor(facts: ExecutionFacts) {
    this.facts = facts
  }

  get status(): ExecutionStatus {
    return this.#status
  }

  /** Undefined until it is over. */
  get result(): RunResult | undefined {
    return this.#result
  }

  get logs(): readonly LogLine[] {
    return this.#logs
  }

  /** Since it was accepted, in milliseconds. */
  get durationMs(): number {
    return this.#result === undefined ? performance.now() - this.#acceptedMs : this.#durationMs
  }

  /** How long it was in the line, in milliseconds. */
  get lineMs(): number {
    return (this.#startedMs ?? performance.now()) - this.#acceptedMs
  }

  get signal(): AbortSignal {
    return this.#canceled.signal
  }

  /** Resolves when it is over, however it ended. */
  get finished(): Promise<void> {
    return this.#finished.promise
  }

  /** What it holds in memory, roughly, in bytes. */
  get heldBytes(): number {
    const { code, input } = this.facts
    const texts = [code, JSON.stringify(input), this.#result?.output ?? '', this.#result?.error?.stack ?? '']
    const logged = this.#logs.reduce((sum, { message }) => sum + message.length + 64, 0)
    return 2 * (texts.reduce((sum, text) => sum + text.length, 0) + logged)
  }

  /** Ends it as soon as that can be. */
  cancel(): void {
    this.#canceled.abort()
  }

  /** What was, and what comes. Undefined where too many listen. */
  listen(listener: (event: ExecutionEvent) => void): Disposable | undefined {
    if (this.#listeners.size >= MAX_LISTENERS) return undefined
    listener({ type: 'status', status: this.#result === undefined ? this.#status : 'running' })
    for (const line of this.#logs) listener({ type: 'log', line })
    if (this.#result === undefined) this.#listeners.add(listener)
    else this.#tellEnd(listener)
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) }
  }

  /** It leaves the line. */
  start(): void {
    this.#startedMs = performance.now()
    this.#status = 'running'
    this.#tell({ type: 'status', status: 'running' })
  }

  log(line: LogLine): void {
    if (this.#result !== undefined) return
    this.#logs.push(line)
    this.#tell({ type: 'log', line })
  }

  end(result: RunResult): void {
    this.#startedMs ??= performance.now()
    this.#durationMs = performance.now() - this.#acceptedMs
    this.#result = result
    this.#status = result.outcome === 'ok' ? 'completed' : result.outcome === 'canceled' ? 'killed' : 'failed'
    for (const listener of this.#listeners) this.#tellEnd(listener)
    this.#listeners.clear()
    this.#finished.resolve()
  }

  #tellEnd(listener: (event: ExecutionEvent) => void): void {
    listener({ type: 'status', status: this.#status })
    listener({ type: 'end' })
  }

  #tell(event: ExecutionEvent): void {
    for (const listener of this.#listeners) listener(event)
  }
}
