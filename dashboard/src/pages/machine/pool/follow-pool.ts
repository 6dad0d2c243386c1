// The same instances from one look at the pool to the next. The report does not name them, so they are told by whose they are
// and when they were made; why one went is told by what was counted of its worker meanwhile.
import type { EntryReport, PoolReport } from '../../../../../src/server/api/host-shapes.ts'
import type { MeasuresReport } from '../../../../../src/server/api/measures-shapes.ts'
import { compacted, Places } from './cell-places.ts'
import { Departures } from './departures.ts'

/** When something was, in Unix time in milliseconds, as far as it is known. */
export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

export interface Cell {
  readonly id: number
  /** Its place among its host's; given to another when it has gone. */
  readonly slot: number
  readonly entry: EntryReport
  readonly born: Span
  readonly tasksPerSecond: number
  readonly phase: 'here' | 'arrived' | 'left'
  /** Of one that left, where it was counted. */
  readonly cause?: string | undefined
}

export interface Happening {
  readonly id: number
  /** Unix time in milliseconds. */
  readonly atMs: number
  readonly kind: 'created' | 'left'
  readonly entry: EntryReport
  readonly cause?: string | undefined
}

export interface PoolLook {
  readonly pool: PoolReport
  /** Those that left since the look before are among them once more. */
  readonly cells: readonly Cell[]
  /** The latest first. */
  readonly happenings: readonly Happening[]
  /** Share of tasks since the look before that found an instance; undefined where there were none. */
  readonly recentHitRate: number | undefined
}

/** Ages are rounded, and two clocks never quite agree. */
const SLACK_MS = 100
const HAPPENINGS_KEPT = 12

export class PoolFollower {
  readonly #departures = new Departures()
  #here: readonly Cell[] = []
  #happenings: readonly Happening[] = []
  #latest: { readonly look: PoolLook; readonly at: Span } | undefined
  #nextId = 1

  /** @param at - from when the pool was asked for until it was there; the measures were asked for later */
  look({ measures, pool }: { readonly measures: MeasuresReport; readonly pool: PoolReport }, at: Span): PoolLook {
    const before = this.#latest
    // It was overtaken.
    if (before !== undefined && at.fromMs < before.at.fromMs) return before.look
    this.#departures.count(measures)
    const { gone, known, unknown } = match(this.#here, pool.entries, at)
    const stay = known.map(([cell, entry]) => goneOn(cell, { entry, at }))
    const left = gone.map((cell) => leaving(cell, this.#departures.causeOf(cell.entry)))
    // The places of those that leave are kept while they are seen leaving.
    const places = new Places([...stay, ...left])
    const arrived = unknown.map((entry): Cell => ({
      id: this.#nextId++,
      slot: places.take(entry.host),
      entry,
      born: birthOf(entry, at),
      phase: before === undefined ? 'here' : 'arrived',
      tasksPerSecond: before === undefined ? 0 : rateOf(entry.tasks_served, entry.age_ms),
    }))
    const atMs = at.toMs
    const news: Happening[] = [
      ...left.map(({ cause, entry, id }) => ({ id, atMs, kind: 'left' as const, entry, cause })),
      ...(before === undefined ? [] : arrived).map(({ entry, id }) => ({ id, atMs, kind: 'created' as const, entry })),
    ]
    this.#here = compacted([...stay, ...arrived])
    this.#happenings = [...news, ...this.#happenings].slice(0, HAPPENINGS_KEPT)
    const look: PoolLook = {
      pool,
      cells: [...this.#here, ...left],
      happenings: this.#happenings,
      recentHitRate: before === undefined ? undefined : hitRateBetween(before.look.pool, pool),
    }
    this.#latest = { look, at }
    return look
  }
}

interface Later {
  readonly entry: EntryReport
  readonly at: Span
}

function goneOn(cell: Cell, { at, entry }: Later): Cell {
  const { age_ms: ageMs, tasks_served: tasks } = cell.entry
  return {
    ...cell,
    entry,
    born: birthOf(entry, at),
    phase: 'here',
    tasksPerSecond: rateOf(entry.tasks_served - tasks, entry.age_ms - ageMs),
  }
}

function leaving(cell: Cell, cause: string | undefined): Cell {
  return { ...cell, phase: 'left', cause }
}

function birthOf({ age_ms: ageMs }: EntryReport, { fromMs, toMs }: Span): Span {
  return { fromMs: fromMs - ageMs, toMs: toMs - ageMs }
}

function rateOf(tasks: number, tookMs: number): number {
  return tookMs > 0 ? (tasks / tookMs) * 1000 : 0
}

interface Match {
  readonly known: readonly (readonly [Cell, EntryReport])[]
  readonly gone: readonly Cell[]
  readonly unknown: readonly EntryReport[]
}

function match(cells: readonly Cell[], entries: readonly EntryReport[], at: Span): Match {
  const known: [Cell, EntryReport][] = []
  const gone: Cell[] = []
  const unknown: EntryReport[] = []
  const before = Map.groupBy(cells, ({ entry }) => ownerOf(entry))
  for (const [owner, now] of Map.groupBy(entries, ownerOf)) {
    const old = (before.get(owner) ?? []).toSorted((left, right) => left.born.fromMs - right.born.fromMs)
    before.delete(owner)
    for (const entry of now.toSorted((left, right) => right.age_ms - left.age_ms)) {
      const born = birthOf(entry, at)
      while (old[0] !== undefined && old[0].born.toMs + SLACK_MS < born.fromMs) gone.push(...old.splice(0, 1))
      const [oldest] = old
      const isSame =
        oldest !== undefined &&
        oldest.born.fromMs <= born.toMs + SLACK_MS &&
        oldest.entry.age_ms <= entry.age_ms &&
        oldest.entry.tasks_served <= entry.tasks_served
      if (isSame) {
        known.push([oldest, entry])
        old.shift()
      } else unknown.push(entry)
    }
    gone.push(...old)
  }
  for (const cellsOfOwner of before.values()) gone.push(...cellsOfOwner)
  return { known, gone, unknown }
}

function ownerOf({ host = 0, tenant, version, worker }: EntryReport): string {
  return `${host} ${tenant} ${worker} ${version}`
}

function hitRateBetween(before: PoolReport, now: PoolReport): number | undefined {
  const hits = now.hits - before.hits
  const all = hits + now.misses - before.misses
  // A host that died takes its counts along.
  return all > 0 && hits >= 0 ? Math.min(hits / all, 1) : undefined
}
