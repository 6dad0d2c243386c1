// Runs that wait for an instance. Of one tenant, the one that came first goes first; tenants take turns, so that who has a
// hundred in the line is in nobody's way for longer than one. A run that waits too long, or whose caller leaves, gives up
// its place.
import { queueTimeoutError, wallLimitError } from '../instance/limit-errors.ts'
import type { RunHolder, TaskRun } from '../instance/task-run.ts'
import { Pace } from './pace.ts'

/** Who keeps count of all lines. */
export interface LineKeeper {
  /** How long a run may wait, in milliseconds. */
  readonly queueWaitMs: number
  entered(tenant: string): void
  left(tenant: string): void
}

/** Timers fire up to as much early. */
const EARLY_MS = 1

export class WaitingLine implements RunHolder {
  readonly pace: Pace = new Pace()
  readonly #keeper: LineKeeper
  /** In the order of their turns; none is empty. */
  readonly #tenants = new Map<string, Set<TaskRun>>()
  #length = 0

  constructor(keeper: LineKeeper) {
    this.#keeper = keeper
  }

  get length(): number {
    return this.#length
  }

  lengthOf(tenant: string): number {
    return this.#tenants.get(tenant)?.size ?? 0
  }

  /** Somebody waits who belongs to such a tenant. */
  hasOf(matches: (tenant: string) => boolean): boolean {
    for (const tenant of this.#tenants.keys()) if (matches(tenant)) return true
    return false
  }

  add(run: TaskRun): void {
    const { limits, version } = run.prepared
    const nowMs = performance.now()
    run.holder = this
    if (!run.hasDeadline) {
      run.setDeadline(Math.min(limits.wallMs, nowMs - run.acceptedMs + this.#keeper.queueWaitMs))
    }
    if (this.#length === 0) this.pace.began(nowMs)
    const runs = this.#tenants.get(version.tenant)
    if (runs === undefined) this.#tenants.set(version.tenant, new Set([run]))
    else runs.add(run)
    this.#length += 1
    this.#keeper.entered(version.tenant)
  }

  /**
   * The run whose turn it is. Until it is started the line goes on answering for it.
   * @param mayGo - asked of tenants in the order of their turns, until one may
   */
  shift(mayGo?: (tenant: string) => boolean): TaskRun | undefined {
    for (const [tenant, runs] of this.#tenants) {
      if (mayGo?.(tenant) === false) continue
      for (const run of runs) {
        // The others come round first.
        this.#tenants.delete(tenant)
        this.#tenants.set(tenant, runs)
        this.#remove(run)
        this.pace.moved(performance.now())
        return run
      }
    }
    return undefined
  }

  /** Those that match, in order; all of them unless told. */
  takeAll(matches: (run: TaskRun) => boolean = () => true): TaskRun[] {
    const taken = [...this.#tenants.values()].flatMap((runs) => [...runs].filter(matches))
    for (const run of taken) this.#remove(run)
    return taken
  }

  expire(run: TaskRun): void {
    const nowMs = performance.now()
    const retryAfterMs = this.pace.retryAfterMs(this.#length, nowMs)
    this.#remove(run)
    run.queueMs = nowMs - run.acceptedMs
    if (run.queueMs + EARLY_MS >= run.prepared.limits.wallMs) run.fail('exceededWallTime', wallLimitError(run))
    else run.fail('loadShed', queueTimeoutError(run, this.#keeper.queueWaitMs), { retryAfterMs })
    run.end()
  }

  abandon(run: TaskRun): void {
    this.#remove(run)
    run.fail('canceled', { code: 'TASK_CANCELED', message: 'The caller went away before the task had started.' })
    run.end()
  }

  /** One that was shifted is not in the line any more. */
  #remove(run: TaskRun): void {
    const { tenant } = run.prepared.version
    const runs = this.#tenants.get(tenant)
    if (runs?.delete(run) !== true) return
    if (runs.size === 0) this.#tenants.delete(tenant)
    this.#length -= 1
    this.#keeper.left(tenant)
  }
}
