// Why instances left, as far as counts tell: of each worker, how many more were given up for each cause since the look before.
// What was counted before the pool showed it is kept for one look.
import type { EntryReport } from '../../../../../src/server/api/host-shapes.ts'
import type { MeasuresReport } from '../../../../../src/server/api/measures-shapes.ts'

type Named = Readonly<Record<string, number>>

export class Departures {
  #counted: ReadonlyMap<string, Named> | undefined
  #hosts: ReadonlySet<number> = new Set()
  #latest = new Map<string, string[]>()
  #earlier = new Map<string, string[]>()

  count({ server, workers }: MeasuresReport): void {
    const counted = new Map(workers.map(({ retired, tenant, worker }) => [nameOf(tenant, worker), retired]))
    this.#earlier = this.#latest
    this.#latest = new Map()
    for (const [name, retired] of counted) {
      const more = this.#counted === undefined ? [] : causesBetween(this.#counted.get(name) ?? {}, retired)
      if (more.length > 0) this.#latest.set(name, more)
    }
    this.#counted = counted
    this.#hosts = new Set(server?.hosts.map(({ host }) => host))
  }

  /** Each that was counted is told once. */
  causeOf({ host, tenant, worker }: EntryReport): string | undefined {
    // One process has no hosts.
    if (host !== undefined && !this.#hosts.has(host)) return 'its host ended'
    for (const causes of [this.#earlier, this.#latest]) {
      // Workers that are seldom asked have a row together.
      const cause = causes.get(nameOf(tenant, worker))?.shift() ?? causes.get(nameOf(tenant, null))?.shift()
      if (cause !== undefined) return cause
    }
    return undefined
  }
}

/** Bounded: no look shows more. */
const MOST = 1000

function causesBetween(before: Named, now: Named): string[] {
  return Object.entries(now).flatMap(([cause, times]) =>
    Array.from({ length: Math.min(MOST, Math.max(0, times - (before[cause] ?? 0))) }, () => cause),
  )
}

function nameOf(tenant: string, worker: string | null): string {
  return `${tenant}/${worker ?? ''}`
}
