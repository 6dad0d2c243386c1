// The entries of an instance: one at a time, each on behalf of one run and inside its CPU budget; the others wait in the
// order in which they came. What an entry took is charged to its run, and to the turn of its tenant.
//
// The instance that owns the line acts on what an entry brought before the next one is made.
import type { EngineIsolate, GuestContext } from '../isolate/engine-isolate.ts'
import type { Entry, EntryResult } from '../isolate/executor.ts'
import { type EntryPhase, EntryTime } from './entry-time.ts'
import type { PreparedVersion } from './prepared-version.ts'
import type { Services } from './services.ts'
import type { TaskRun } from './task-run.ts'

interface EntryLineOptions {
  readonly isolate: EngineIsolate
  readonly context: GuestContext
  readonly prepared: PreparedVersion
  readonly services: Services
  /** An entry is over, and the guest may be entered again. */
  readonly left: (run: TaskRun, entry: Entry, result: EntryResult) => void
  /** The run has no CPU time left to enter with. */
  readonly spent: (run: TaskRun) => void
}

interface WaitingEntry {
  readonly run: TaskRun
  readonly entry: Entry
  readonly budget: Budget
}

/** `cleanup` is for entries after a run whose own budget may be spent. */
export type Budget = 'task' | 'cleanup'

/** An entry's time limit is the run's CPU budget, with room for a machine that is busy with other things. */
const ENTRY_TIMEOUT_FACTOR = 1.5
const CLEANUP_TIMEOUT_MS = 20

export class EntryLine {
  readonly #options: EntryLineOptions
  readonly #time = new EntryTime()
  #entered: TaskRun | undefined
  #waiting: WaitingEntry[] = []
  #isClosed = false

  constructor(options: EntryLineOptions) {
    this.#options = options
  }

  /** The run on whose behalf the guest is running. */
  get entered(): TaskRun | undefined {
    return this.#entered
  }

  /** How the present entry stands to its time, or the one just left. */
  get phase(): EntryPhase {
    return this.#time.phase
  }

  enter(run: TaskRun, entry: Entry, budget: Budget = 'task'): void {
    if (this.#isClosed) return
    if (this.#entered !== undefined) {
      this.#waiting.push({ run, entry, budget })
      return
    }
    run.renewBudgetInTime()
    const leftMs = budget === 'cleanup' ? CLEANUP_TIMEOUT_MS : run.cpuLeftMs
    if (leftMs <= 0) {
      this.#options.spent(run)
      return
    }
    this.#entered = run
    const { isolate, context, prepared, services } = this.#options
    const timeoutMs = Math.ceil(leftMs * ENTRY_TIMEOUT_FACTOR)
    // On threads a call waits for this thread's turn, which is not the guest's time, and it holds up nobody.
    if (isolate.isInline) this.#time.enter(leftMs, timeoutMs)
    else this.#time.enterUnbounded()
    services.watch.enter(prepared.number, timeoutMs)
    context.enter(entry, timeoutMs, (cpuUs, result) => {
      services.watch.leave()
      run.charge(cpuUs)
      if (isolate.isInline) services.time.charge(prepared.version.tenant, cpuUs)
      this.#entered = undefined
      this.#options.left(run, entry, result)
      this.#enterNext()
    })
  }

  /** Whether a call of the guest's may do anything: its entry's time is not up. */
  mayCall(): boolean {
    const phase = this.#time.look()
    // In a call of its guest, this ends the entry; V8 notices within some hundred turns of a loop.
    if (phase === 'spent') this.#options.isolate.dispose('now')
    return phase === 'within'
  }

  /** Enters no more. */
  close(): void {
    this.#isClosed = true
  }

  #enterNext(): void {
    while (this.#entered === undefined) {
      const next = this.#waiting.shift()
      if (next === undefined) return
      // What a run was to be told before it ended, it is not told after.
      if (!next.run.isOver || next.budget === 'cleanup') this.enter(next.run, next.entry, next.budget)
    }
  }
}
