// What a host counts of one worker, or of several that have no row of their own. Adding a task is on the way of every task: it
// makes no objects.
import { countAll, countOne } from '../../measures/counts.ts'
import { Histogram } from '../../measures/histogram.ts'
import { type InstanceSource, isRefusal, type TaskCounts } from '../../measures/task-counts.ts'
import type { ErrorCode } from '../../errors.ts'
import type { RetirementCause } from '../../observer.ts'
import type { Outcome } from '../../outcome.ts'
import type { TaskRecord } from '../../task.ts'

export class WorkerMeasures {
  readonly row: number
  /** How busy it was of late; see `measures/busy-names.ts`. */
  activity = 0
  /** After which snapshot it changed last. */
  changedAfter = 0
  readonly #outcomes: Partial<Record<Outcome, number>> = {}
  readonly #refused: Partial<Record<ErrorCode, number>> = {}
  readonly #created: Partial<Record<InstanceSource, number>> = {}
  readonly #retired: Partial<Record<RetirementCause, number>> = {}
  readonly #wall = new Histogram()
  readonly #wait = new Histogram()
  #cpuUs = 0
  #subrequests = 0
  #bytesIn = 0
  #bytesOut = 0
  #collections = 0
  #freedBytes = 0

  constructor(row: number) {
    this.row = row
  }

  taskEnded({ error, outcome, usage }: TaskRecord): void {
    if (isRefusal(outcome)) {
      this.taskRefused(outcome, error?.code)
      return
    }
    countOne(this.#outcomes, outcome)
    this.activity += 1
    this.#wall.add(usage.wallMs)
    this.#wait.add(usage.queueMs)
    this.#cpuUs += usage.cpuUs
    this.#subrequests += usage.subrequests
    this.#bytesIn += usage.bytesIn
    this.#bytesOut += usage.bytesOut
  }

  taskRefused(outcome: Outcome, code: ErrorCode | undefined): void {
    countOne(this.#outcomes, outcome)
    this.activity += 1
    // Whoever left before its turn was not refused.
    if (code !== undefined && outcome !== 'canceled') countOne(this.#refused, code)
  }

  instanceCreated(source: InstanceSource): void {
    countOne(this.#created, source)
  }

  instanceRetired(cause: RetirementCause): void {
    countOne(this.#retired, cause)
  }

  garbageCollected(freedBytes: number): void {
    this.#collections += 1
    this.#freedBytes += Math.max(0, freedBytes)
  }

  /** All that the other has. */
  absorb(other: WorkerMeasures): void {
    countAll(this.#outcomes, other.#outcomes)
    countAll(this.#refused, other.#refused)
    countAll(this.#created, other.#created)
    countAll(this.#retired, other.#retired)
    this.#wall.absorb(other.#wall)
    this.#wait.absorb(other.#wait)
    this.#cpuUs += other.#cpuUs
    this.#subrequests += other.#subrequests
    this.#bytesIn += other.#bytesIn
    this.#bytesOut += other.#bytesOut
    this.#collections += other.#collections
    this.#freedBytes += other.#freedBytes
    this.changedAfter = Math.max(this.changedAfter, other.changedAfter)
  }

  counts(): TaskCounts {
    return {
      outcomes: { ...this.#outcomes },
      ...(this.#wall.isEmpty ? {} : { wall: this.#wall.counts(), wait: this.#wait.counts() }),
      ...(isEmpty(this.#refused) ? {} : { refused: { ...this.#refused } }),
      ...(isEmpty(this.#created) ? {} : { created: { ...this.#created } }),
      ...(isEmpty(this.#retired) ? {} : { retired: { ...this.#retired } }),
      ...(this.#cpuUs === 0 ? {} : { cpuUs: Math.round(this.#cpuUs) }),
      ...(this.#subrequests === 0 ? {} : { subrequests: this.#subrequests }),
      ...(this.#bytesIn === 0 ? {} : { bytesIn: this.#bytesIn }),
      ...(this.#bytesOut === 0 ? {} : { bytesOut: this.#bytesOut }),
      ...(this.#collections === 0 ? {} : { collections: this.#collections, freedBytes: this.#freedBytes }),
    }
  }
}

function isEmpty(counts: object): boolean {
  for (const _name in counts) return false
  return true
}
