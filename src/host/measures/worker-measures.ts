// What a host counts of one worker. Adding a task is on the way of every task: it makes no objects.
import { countOne } from '../../measures/counts.ts'
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

  counts(): TaskCounts {
    return withoutNothing({
      outcomes: { ...this.#outcomes },
      refused: { ...this.#refused },
      wall: this.#wall.counts(),
      wait: this.#wait.counts(),
      cpuUs: Math.round(this.#cpuUs),
      subrequests: this.#subrequests,
      bytesIn: this.#bytesIn,
      bytesOut: this.#bytesOut,
      created: { ...this.#created },
      retired: { ...this.#retired },
      collections: this.#collections,
      freedBytes: this.#freedBytes,
    })
  }
}

function isNothing(value: unknown): boolean {
  return value === 0 || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
}

function withoutNothing(counts: TaskCounts): TaskCounts {
  return Object.fromEntries(Object.entries(counts).filter(([, value]) => !isNothing(value)))
}
