// What this thread does for a job on another one outside of entries: it is woken, Node takes the result over, wipes the
// copies it made and gives their memory back. No clock of ours is read around that. But while nothing else came to the event
// loop, all that the thread did between a job's start and its end, less what was charged meanwhile, was for the job: that is
// measured, and teaches what it takes while other things come too.
import { performance } from 'node:perf_hooks'
import { chargedSoFarUs, threadCpuUs } from '../cpu-clock.ts'

/** One job, seen from this thread. */
export interface Handling {
  /**
   * The job's end has been heard of. Returns what the thread did for it, in microseconds.
   *
   * @param bytes - what the job was given and gave
   */
  end(bytes: number): number
}

/** As estimated, before anything was measured. */
const US_PER_JOB = 40
const US_PER_MIB = 150
const MIB = 1024 * 1024
/** How much the latest measurement counts, against all before it. */
const WEIGHT = 0.1
/** Timers and the like are no events: what they did must not teach too much. */
const MAX_SCALE = 4

export class JobHandling {
  readonly #scales = new Map<string, number>()
  #last: Mark | undefined

  /** @param kind - jobs that are handled alike; there are few */
  begin(kind: string): Handling {
    // A job that follows one of its kind at once: what came after the end of that is between them.
    let mark = this.#last?.kind === kind && this.#last.events === eventCount() ? this.#last : undefined
    // Else the entry that asks for it comes first, which is charged by itself.
    if (mark === undefined) queueMicrotask(() => (mark = readMark(kind)))
    this.#last = undefined
    return {
      end: (bytes) => {
        const estimatedUs = US_PER_JOB + (US_PER_MIB * bytes) / MIB
        const now = readMark(kind)
        this.#last = now
        if (mark !== undefined && now.events - mark.events <= 1) this.#learn(kind, usedBetween(mark, now) / estimatedUs)
        return estimatedUs * this.#scaleOf(kind)
      },
    }
  }

  #scaleOf(kind: string): number {
    return this.#scales.get(kind) ?? 1
  }

  #learn(kind: string, measured: number): void {
    const scale = this.#scaleOf(kind)
    this.#scales.set(kind, scale + (Math.min(Math.max(measured, 0), MAX_SCALE) - scale) * WEIGHT)
  }
}

interface Mark {
  readonly kind: string
  readonly events: number
  readonly cpuUs: number
  readonly chargedUs: number
}

function readMark(kind: string): Mark {
  return { kind, events: eventCount(), cpuUs: threadCpuUs(), chargedUs: chargedSoFarUs() }
}

function usedBetween(from: Mark, to: Mark): number {
  return to.cpuUs - from.cpuUs - (to.chargedUs - from.chargedUs)
}

/** What has come to the event loop from outside; work of threads that is over comes as one. */
function eventCount(): number {
  return performance.nodeTiming.uvMetricsInfo.events
}
