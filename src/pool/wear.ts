// Why an entry that works should be replaced all the same.
import type { TaskRun } from '../instance/task-run.ts'
import type { RetirementCause } from '../observer.ts'
import type { PoolEntry } from './pool-entry.ts'

export interface WearLimits {
  /** An entry whose heap is above this after a task is replaced, in bytes. */
  readonly restartMemoryBytes: number
  /** Age by which an entry is replaced, in milliseconds. */
  readonly maxAgeMs: number
  /** Exceptions in a row after which an entry is replaced. */
  readonly maxErrors: number
}

/** Those that were made together, as when a host starts, go within this part of their greatest age, not all at once. */
const AGE_SPREAD = 0.1

/** A worker that only ever throws is not helped by new instances: each in a row has twice as long. */
const MOST_PATIENCE = 1024

/** How the tasks of an entry went lately. */
export class ErrorStreak {
  /** Exceptions since the last task that went well. */
  length = 0
  /** Times the limit that this entry has. */
  patience = 1
  #hadSuccess = false

  note({ outcome }: TaskRun): void {
    if (outcome === 'exception') this.length += 1
    else if (outcome === 'ok') {
      this.length = 0
      this.#hadSuccess = true
    }
  }

  /** For the entry that comes in place of this one. */
  get nextPatience(): number {
    return this.#hadSuccess ? 1 : Math.min(this.patience * 2, MOST_PATIENCE)
  }
}

export function isTooOld({ createdMs, lot }: PoolEntry, { maxAgeMs }: WearLimits): boolean {
  return performance.now() - createdMs > maxAgeMs * (1 - AGE_SPREAD * lot)
}

/** After a task. */
export function wearOf(entry: PoolEntry, limits: WearLimits): RetirementCause | undefined {
  if (entry.heapBytes > limits.restartMemoryBytes) return 'memory'
  if (entry.errors.length >= limits.maxErrors * entry.errors.patience) return 'errors'
  return undefined
}

/** At a look at an entry that rests. */
export function wearAtRest(entry: PoolEntry, limits: WearLimits): RetirementCause | undefined {
  return entry.isBroken ? 'unhealthy' : wearOf(entry, limits)
}
