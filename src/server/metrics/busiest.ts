// Which rows a scrape has by name, so that the number of series is bounded whatever tenants call their workers; all others are
// one row together.
//
// Neither counts backwards when a name comes or goes: what is counted between two looks belongs to whoever has the name at
// the second, and stays there. A row that lost its name and gets one again begins at zero, as after a restart.
import { minus, plus } from '../../measures/counts.ts'
import { type TaskCounts, tasksIn } from '../../measures/task-counts.ts'

export interface Row {
  /** Unique among the rows. */
  readonly key: string
  readonly labels: readonly string[]
  readonly counts: TaskCounts
}

export interface Busiest {
  readonly named: readonly Row[]
  readonly others: TaskCounts
}

interface Known {
  readonly seen: TaskCounts
  /** Tasks of late, each worth half as much after {@link HALF_LIFE_MS}. */
  readonly activity: number
  readonly delta: TaskCounts
}

const HALF_LIFE_MS = 10 * 60_000
/** As much busier than one that has a name must be who takes it: two that are alike would otherwise take turns. */
const BUSIER = 2
/** Of all names, at one look. */
const MOST_REPLACED = 0.1

export class BusiestRows {
  readonly #maxNames: number
  readonly #now: () => number
  readonly #named = new Map<string, TaskCounts>()
  #known: ReadonlyMap<string, Known> = new Map()
  #seenAll: TaskCounts = {}
  #others: TaskCounts = {}
  #lookedMs: number

  /** @param now - in milliseconds */
  constructor(maxNames: number, now: () => number = () => performance.now()) {
    this.#maxNames = maxNames
    this.#now = now
    this.#lookedMs = now()
  }

  /** @param all - what all rows have together, and those without a row */
  look(rows: readonly Row[], all: TaskCounts): Busiest {
    this.#compare(rows)
    this.#name()
    let others = minus(all, this.#seenAll)
    for (const [key, counts] of this.#named) {
      const delta = this.#known.get(key)?.delta ?? {}
      this.#named.set(key, plus(counts, delta))
      others = minus(others, delta)
    }
    this.#others = plus(this.#others, others)
    this.#seenAll = all
    const named = rows.flatMap(({ key, labels }) => {
      const counts = this.#named.get(key)
      return counts === undefined ? [] : { key, labels, counts }
    })
    return { named, others: this.#others }
  }

  #compare(rows: readonly Row[]): void {
    const nowMs = this.#now()
    const fading = 0.5 ** ((nowMs - this.#lookedMs) / HALF_LIFE_MS)
    this.#lookedMs = nowMs
    const known = new Map<string, Known>()
    for (const { counts, key } of rows) {
      const before = this.#known.get(key)
      const isSame = before !== undefined && tasksIn(counts) >= tasksIn(before.seen)
      const delta = minus(counts, isSame ? before.seen : {})
      const activity = (before?.activity ?? 0) * fading + tasksIn(delta)
      known.set(key, { seen: counts, activity, delta })
    }
    this.#known = known
    for (const key of this.#named.keys()) if (!known.has(key)) this.#named.delete(key)
  }

  #name(): void {
    const candidates = [...this.#known].filter(([key]) => !this.#named.has(key)).toSorted(byActivity)
    for (const [key] of candidates.splice(0, this.#maxNames - this.#named.size)) this.#named.set(key, {})
    if (candidates.length === 0) return
    const named = [...this.#named.keys()].map((key) => [key, this.#activityOf(key)] as const)
    const idlest = named.toSorted(([, left], [, right]) => left - right)
    for (const [key, activity] of idlest.slice(0, Math.ceil(this.#maxNames * MOST_REPLACED))) {
      const [candidate, { activity: wanted } = { activity: 0 }] = candidates.shift() ?? []
      if (candidate === undefined || wanted <= BUSIER * activity) return
      this.#named.delete(key)
      this.#named.set(candidate, {})
    }
  }

  #activityOf(key: string): number {
    return this.#known.get(key)?.activity ?? 0
  }
}

function byActivity([, left]: readonly [string, Known], [, right]: readonly [string, Known]): number {
  return right.activity - left.activity
}
