// What happened in the last hour, in points of ten seconds: for those who look at curves. In memory, and bounded.
import { minus, plus } from '../../measures/counts.ts'
import { quantileMs } from '../../measures/histogram.ts'
import { type TaskCounts, tasksIn } from '../../measures/task-counts.ts'

/** What happened in the time of a point. */
export interface Slice {
  readonly outcomes: NonNullable<TaskCounts['outcomes']>
  /** Wall time; undefined where no task ended that had not been refused. */
  readonly p50Ms: number | undefined
  readonly p90Ms: number | undefined
  readonly p99Ms: number | undefined
  readonly cpuMs: number
  /** At its end. */
  readonly heapBytes: number
}

export interface TenantSlice extends Slice {
  readonly tenant: string
}

export interface Point {
  /** When it began, Unix time in milliseconds. */
  readonly timeMs: number
  readonly all: Slice
  /** The busiest first; those that are named to nobody but themselves come after the first {@link TOP_TENANTS}. */
  readonly tenants: readonly TenantSlice[]
  /** All beyond the first {@link TOP_TENANTS}. */
  readonly others: Slice
}

interface TenantRow {
  readonly tenant: string
  readonly counts: TaskCounts
  readonly heapBytes: number
}

export const POINT_MS = 10_000
export const TOP_TENANTS = 20
const MAX_POINTS = 360
const MAX_TENANTS = 100

export class History {
  readonly #now: () => number
  readonly #points: Point[] = []
  #startMs: number
  #all: TaskCounts = {}
  #tenants = new Map<string, TaskCounts>()
  #heap: ReadonlyMap<string, number> = new Map()

  /** @param now - Unix time in milliseconds */
  constructor(now: () => number = Date.now) {
    this.#now = now
    this.#startMs = startOf(now())
  }

  /** @param tenant - whose; undefined for all together */
  add(tenant: string | undefined, counts: TaskCounts): void {
    this.#moveOn()
    if (tenant === undefined) this.#all = plus(this.#all, counts)
    else this.#tenants.set(tenant, plus(this.#tenants.get(tenant) ?? {}, counts))
  }

  /** The heaps of tenants' instances have this size now, in bytes. */
  holds(heap: ReadonlyMap<string, number>): void {
    this.#moveOn()
    this.#heap = heap
  }

  /** The oldest first; the last is not over yet. */
  points(minutes: number): readonly Point[] {
    this.#moveOn()
    const sinceMs = this.#now() - minutes * 60_000
    return [...this.#points, this.#point()].filter(({ timeMs }) => timeMs + POINT_MS > sinceMs)
  }

  #moveOn(): void {
    const startMs = startOf(this.#now())
    if (startMs === this.#startMs) return
    this.#points.push(this.#point())
    if (this.#points.length > MAX_POINTS) this.#points.shift()
    this.#startMs = startMs
    this.#all = {}
    this.#tenants = new Map()
  }

  #point(): Point {
    const names = new Set([...this.#tenants.keys(), ...this.#heap.keys()])
    const rows: TenantRow[] = [...names].map((tenant) => ({
      tenant,
      counts: this.#tenants.get(tenant) ?? {},
      heapBytes: this.#heap.get(tenant) ?? 0,
    }))
    rows.sort((left, right) => tasksIn(right.counts) - tasksIn(left.counts) || right.heapBytes - left.heapBytes)
    const top = rows.slice(0, TOP_TENANTS)
    const heapOf = (some: readonly TenantRow[]): number => some.reduce((sum, { heapBytes }) => sum + heapBytes, 0)
    const inTop = top.reduce<TaskCounts>((sum, { counts }) => plus(sum, counts), {})
    return {
      timeMs: this.#startMs,
      all: sliceOf(this.#all, heapOf(rows)),
      tenants: rows.slice(0, MAX_TENANTS).map(tenantSliceOf),
      others: sliceOf(minus(this.#all, inTop), heapOf(rows) - heapOf(top)),
    }
  }
}

export function sliceOf({ cpuUs = 0, outcomes = {}, wall = {} }: TaskCounts, heapBytes: number): Slice {
  const [p50Ms, p90Ms, p99Ms] = [0.5, 0.9, 0.99].map((share) => quantileMs(wall, share))
  return { outcomes, p50Ms, p90Ms, p99Ms, cpuMs: Math.round(cpuUs / 1000), heapBytes }
}

function tenantSliceOf({ counts, heapBytes, tenant }: TenantRow): TenantSlice {
  return { tenant, ...sliceOf(counts, heapBytes) }
}

function startOf(timeMs: number): number {
  return Math.floor(timeMs / POINT_MS) * POINT_MS
}
