// What jobs on Node's threads took. Nothing tells it of a single job, but the kernel counts
// those threads: a job that has them for itself is measured, and teaches what its kind takes compared with its estimate; one
// that shares them is taken to be like those.
//
// What this thread did for the job comes on top (`job-handling.ts`).
//
// Invariant: no job takes a thread for longer than it lasted, but for the tail of one of its kind. There is one of these, since there is one set of threads in a process.
import { type ThreadsClock, threadPoolClock } from '../cpu-clock.ts'
import { JobHandling } from './job-handling.ts'

/** One job, from its start on a thread to its end. */
export interface ThreadJob {
  /** What it will have taken, as far as is known: for a job that nobody waits for any more. In microseconds. */
  readonly expectedUs: number
  /**
   * It is over. Returns what it took, in microseconds.
   *
   * @param how - from a job that `failed` nothing is learnt: it may have ended before it began
   */
  end(how: 'done' | 'failed', result: JobResult): number
}

export interface JobResult {
  /** What it was given and gave. */
  readonly bytes: number
  /** A better estimate, where its result had to be known for one. */
  readonly estimatedUs?: number
}

/** A time in which threads were at work without a pause. */
interface Period {
  readonly clock: ThreadsClock
  readonly startUs: number
  /** Of the job before, counted too late for its own end. */
  readonly tailUs: number
  /** Of all its jobs; undefined once they differ. */
  kind: string | undefined
  jobs: number
  estimatedUs: number
}

/** A job that had the threads for itself, at its end. A thread tells of its end before it sleeps, and is counted when it does. */
interface LastAlone {
  readonly kind: string
  readonly clockUs: number
  /** The most that may be missing. */
  readonly uncountedUs: number
}

interface Rate {
  /** What jobs took, divided by their estimates. */
  readonly value: number
  readonly seen: number
}

/** How much the latest measurement of a kind counts for at least, against all before it. */
const WEIGHT = 0.2
/** Some of the words that kinds consist of are a worker's. */
const MAX_KINDS = 1000

export class ThreadWork {
  readonly #rates = new Map<string, Rate>()
  #period: Period | undefined
  #last: LastAlone | undefined
  readonly #handling = new JobHandling()
  #underWay = 0

  /**
   * A thread is about to begin with a job.
   *
   * @param kind - jobs whose estimates are wrong by the same factor
   */
  begin(kind: string, estimatedUs: number): ThreadJob {
    const handling = this.#handling.begin(firstWord(kind))
    this.#period ??= startPeriod(kind, this.#last)
    const period = this.#period
    if (period.kind !== kind) period.kind = undefined
    period.jobs += 1
    this.#underWay += 1
    const startMs = performance.now()
    return {
      expectedUs: this.#expect(kind, estimatedUs),
      end: (how, { bytes, estimatedUs: betterUs = estimatedUs }) => {
        this.#underWay -= 1
        const lastedUs = (performance.now() - startMs) * 1000
        period.estimatedUs += betterUs
        const measuredUs = this.#underWay === 0 ? this.#measure(period, lastedUs) : undefined
        if (measuredUs !== undefined && how === 'done') this.#learn(kind, measuredUs / period.estimatedUs)
        if (how === 'failed') period.kind = undefined
        const isAlone = measuredUs !== undefined && period.jobs === 1
        return handling.end(bytes) + (isAlone ? measuredUs : Math.min(this.#expect(kind, betterUs), lastedUs))
      },
    }
  }

  /** What all jobs of a period took that has just ended; undefined where that says nothing of a kind. */
  #measure(period: Period, lastedUs: number): number | undefined {
    this.#period = undefined
    this.#last = undefined
    const { kind, tailUs } = period
    if (kind === undefined) return undefined
    const clockUs = period.clock()
    const tookUs = clockUs - period.startUs
    if (period.jobs > 1) return tookUs
    this.#last = { kind, clockUs, uncountedUs: Math.max(0, lastedUs + tailUs - tookUs) }
    return Math.min(tookUs - tailUs, lastedUs) + tailUs
  }

  #expect(kind: string, estimatedUs: number): number {
    return estimatedUs * (this.#rates.get(kind)?.value ?? 1)
  }

  #learn(kind: string, measured: number): void {
    const { value, seen } = this.#rates.get(kind) ?? { value: 1, seen: 0 }
    if (seen === 0 && this.#rates.size >= MAX_KINDS) this.#rates.clear()
    // The first ones may have loaded something: their mean is soon better than any of them.
    const weight = Math.max(WEIGHT, 1 / (seen + 1))
    this.#rates.set(kind, { value: value + (measured - value) * weight, seen: seen + 1 })
  }
}

/** The rest says how long it takes, not how it is handled. */
function firstWord(kind: string): string {
  return kind.split(' ', 1)[0] ?? kind
}

function startPeriod(kind: string, last: LastAlone | undefined): Period {
  const clock = threadPoolClock()
  const nowUs = clock()
  const tailUs = last?.kind === kind ? Math.min(Math.max(0, nowUs - last.clockUs), last.uncountedUs) : 0
  return { clock, startUs: nowUs - tailUs, tailUs, kind, jobs: 0, estimatedUs: 0 }
}

export const threadWork: ThreadWork = new ThreadWork()
