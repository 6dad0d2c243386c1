// What the hosts of a server have counted, together: since this control began, and nothing ever counts backwards, whichever
// hosts come and go. Bounded like a host's own: what has no row of its own is in its tenant's sum, and in the sum of all.
import { BusyNames, type Row } from '../../measures/busy-names.ts'
import { countOne, minus, plus } from '../../measures/counts.ts'
import { type TaskCounts, tasksIn } from '../../measures/task-counts.ts'
import type { Tier } from '../../stats.ts'
import type { DeathCause } from '../../wire/incident.ts'
import type { HostCounts, PoolGauges, WorkerGauges } from '../../wire/measures-text.ts'
import { checkMeasures } from './check-measures.ts'
import { History } from './history.ts'
import { MeasuredHost, type ThreadLoad } from './measured-host.ts'

export interface MeasuredWorker {
  readonly worker: string
  readonly counts: TaskCounts
}

export interface MeasuredTenant {
  readonly tenant: string
  readonly counts: TaskCounts
  readonly workers: readonly MeasuredWorker[]
  /** Of its workers without a row. */
  readonly others: TaskCounts
}

export interface HostStanding {
  readonly host: number
  readonly tier: Tier
  readonly pool: PoolGauges
  readonly load: ThreadLoad
}

interface Counted extends Row {
  counts: TaskCounts
}

const MAX_WORKERS = 2000
const MAX_TENANTS = 1000
/** Hosts that have gone may still be heard of, by what they said last. */
const MAX_GONE = 16

export class Measures {
  readonly #isKnownAs: (tenant: string, tier: Tier) => boolean
  readonly #hosts = new Map<number, MeasuredHost>()
  readonly #names = new BusyNames<{ counts: TaskCounts }, Counted>({
    maxWorkers: MAX_WORKERS,
    maxTenants: MAX_TENANTS,
    tenantRow: () => ({ counts: {} }),
    workerRow: () => ({ activity: 0, counts: {} }),
  })
  #present: readonly number[] = []
  #all: HostCounts = {}
  readonly #deaths: Partial<Record<DeathCause, number>> = {}
  /** Unix time in milliseconds. */
  readonly sinceMs: number = Date.now()
  readonly history: History = new History()

  /** @param isKnownAs - whether there is such a tenant, of that tier */
  constructor(isKnownAs: (tenant: string, tier: Tier) => boolean) {
    this.#isKnownAs = isKnownAs
  }

  /** Number of the latest snapshot that was taken in of a host; 0 for none. */
  snapshotOf(host: number): number {
    return this.#hosts.get(host)?.snapshot ?? 0
  }

  /** @param said - by the host, which may be lying: what has not the form of measures is ignored */
  take({ host, tier }: { readonly host: number; readonly tier: Tier }, said: unknown): void {
    const text = checkMeasures(said)
    if (text === undefined) return
    const measured = this.#hosts.get(host) ?? new MeasuredHost(tier)
    this.#hosts.set(host, measured)
    const { all, rows } = measured.take(text)
    this.#all = plus(this.#all, all)
    this.history.add(undefined, all.tasks ?? {})
    for (const { counts, tenant, worker } of rows) {
      if (!this.#maySpeakOf(tenant, tier)) continue
      if (worker === undefined) {
        const row = this.#names.ofTenant(tenant)
        row.counts = plus(row.counts, counts)
        this.history.add(tenant, counts)
      } else {
        const row = this.#names.of(tenant, worker)
        row.counts = plus(row.counts, counts)
        row.activity += tasksIn(counts)
      }
    }
  }

  /** Those hosts are there, and were asked. */
  asked(hosts: readonly number[]): void {
    this.#present = hosts
    const gone = [...this.#hosts.keys()].filter((host) => !hosts.includes(host))
    for (const host of gone.slice(0, Math.max(0, gone.length - MAX_GONE))) this.#hosts.delete(host)
    this.history.holds(heapByTenant(this.workerGauges()))
  }

  hostDied(cause: DeathCause): void {
    countOne(this.#deaths, cause)
  }

  /** Of hosts. */
  get deaths(): Readonly<Partial<Record<DeathCause, number>>> {
    return this.#deaths
  }

  get all(): HostCounts {
    return this.#all
  }

  tenant(name: string): MeasuredTenant | undefined {
    const rows = this.#names.findTenant(name)
    if (rows === undefined) return undefined
    const { own, tenant } = rows
    const workers = [...rows.workers].map(([worker, { counts }]) => ({ worker, counts }))
    return { tenant, counts: own.counts, workers, others: without(own.counts, workers) }
  }

  tenants(): readonly MeasuredTenant[] {
    return [...this.#names.tenants].flatMap(({ tenant }) => this.tenant(tenant) ?? [])
  }

  /** Of tenants without a row. */
  othersOf(tenants: readonly MeasuredTenant[]): TaskCounts {
    return without(this.#all.tasks ?? {}, tenants)
  }

  hosts(): readonly HostStanding[] {
    return this.#there().map(([host, { load, pool, tier }]) => ({ host, tier, pool, load }))
  }

  /** How workers stand at this moment, over all hosts. */
  workerGauges(): readonly WorkerGauges[] {
    const sums = new Map<string, WorkerGauges>()
    for (const [, { tier, workers }] of this.#there()) {
      for (const gauges of workers) {
        if (!this.#maySpeakOf(gauges.tenant, tier)) continue
        const key = `${gauges.tenant}/${gauges.worker}`
        sums.set(key, together(sums.get(key), gauges))
      }
    }
    return [...sums.values()]
  }

  /** Main hosts take in everybody's tasks, and send those of probation on. */
  #maySpeakOf(tenant: string, tier: Tier): boolean {
    return tier === 'main' || this.#isKnownAs(tenant, tier)
  }

  #there(): readonly (readonly [number, MeasuredHost])[] {
    return [...this.#hosts].filter(([host]) => this.#present.includes(host))
  }
}

function without(counts: TaskCounts, rows: readonly { readonly counts: TaskCounts }[]): TaskCounts {
  return minus(
    counts,
    rows.reduce<TaskCounts>((sum, row) => plus(sum, row.counts), {}),
  )
}

function together(left: WorkerGauges | undefined, right: WorkerGauges): WorkerGauges {
  if (left === undefined) return right
  return {
    tenant: right.tenant,
    worker: right.worker,
    instances: left.instances + right.instances,
    running: left.running + right.running,
    queueDepth: left.queueDepth + right.queueDepth,
    sockets: left.sockets + right.sockets,
    heapBytes: left.heapBytes + right.heapBytes,
  }
}

function heapByTenant(workers: readonly WorkerGauges[]): ReadonlyMap<string, number> {
  const heap = new Map<string, number>()
  for (const { heapBytes, tenant } of workers) heap.set(tenant, (heap.get(tenant) ?? 0) + heapBytes)
  return heap
}
