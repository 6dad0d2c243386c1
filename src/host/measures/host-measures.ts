// What a host counts of the tasks and instances of its workers, from its beginning on. It is told as an observer is; control
// asks for snapshots.
//
// Every task is counted in its worker's row. What rows had that were given up, because there are too many names, is kept for
// their tenant, and of tenants that were given up for the host: sums stay whole.
import { BusyNames } from '../../measures/busy-names.ts'
import { Histogram } from '../../measures/histogram.ts'
import { type InstanceSource, isRefusal, type TaskCounts } from '../../measures/task-counts.ts'
import type { Observer } from '../../observer.ts'
import type { Outcome } from '../../outcome.ts'
import type { PoolStats } from '../../stats.ts'
import type { TaskRecord } from '../../task.ts'
import type { HostCounts, MeasuredRow, MeasuresText } from '../../wire/measures-text.ts'
import { poolGauges, workerGauges } from './pool-gauges.ts'
import { WorkerMeasures } from './worker-measures.ts'

export interface HostMeasuresSources {
  stats(): PoolStats
  measured(): Pick<HostCounts, 'ops' | 'thread'>
}

type EventOf<K extends keyof Observer> = Parameters<NonNullable<Observer[K]>>[0]

const MAX_WORKERS = 500
const MAX_TENANTS = 200

export class HostMeasures {
  readonly #sources: HostMeasuresSources
  readonly #names: BusyNames<WorkerMeasures, WorkerMeasures>
  readonly #wallByOutcome: Partial<Record<Outcome, Histogram>> = {}
  readonly #creation: Readonly<Record<InstanceSource, Histogram>> = { reserve: new Histogram(), cold: new Histogram() }
  readonly #gone = new WorkerMeasures(0)
  #lastRow = 0
  #snapshots = 0
  /** After which snapshot a row was given up last. */
  #leftAfter = -1

  constructor(sources: HostMeasuresSources) {
    this.#sources = sources
    this.#names = new BusyNames({
      maxWorkers: MAX_WORKERS,
      maxTenants: MAX_TENANTS,
      // Of those of its workers that have no row any more.
      tenantRow: () => new WorkerMeasures(this.#nextRow()),
      workerRow: () => new WorkerMeasures(this.#nextRow()),
      workerLeaves: (worker, { own }) => {
        own.absorb(worker)
        this.#leftAfter = this.#snapshots
      },
      tenantLeaves: ({ own }) => this.#gone.absorb(own),
    })
  }

  taskEnded(record: TaskRecord): void {
    const { outcome, tenant, usage, worker } = record
    this.#changed(tenant, worker).taskEnded(record)
    if (isRefusal(outcome)) return
    const wall = this.#wallByOutcome[outcome]
    if (wall !== undefined) wall.add(usage.wallMs)
    else (this.#wallByOutcome[outcome] = new Histogram()).add(usage.wallMs)
  }

  taskRefused({ code, outcome, tenant, worker }: EventOf<'taskRefused'>): void {
    this.#changed(tenant, worker).taskRefused(outcome, code)
  }

  instanceCreated({ creationMs, fromReserve, tenant, worker }: EventOf<'instanceCreated'>): void {
    const source = fromReserve ? 'reserve' : 'cold'
    this.#changed(tenant, worker).instanceCreated(source)
    this.#creation[source].add(creationMs)
  }

  instanceRetired({ cause, tenant, worker }: EventOf<'instanceRetired'>): void {
    this.#changed(tenant, worker).instanceRetired(cause)
  }

  garbageCollected({ afterBytes, beforeBytes, tenant, worker }: EventOf<'garbageCollected'>): void {
    this.#changed(tenant, worker).garbageCollected(beforeBytes - afterBytes)
  }

  /** @param since - number of the latest snapshot that whoever asks has; 0 for none */
  snapshot(since: number): MeasuresText {
    const rows: MeasuredRow[] = []
    const live: number[] = []
    const all = new WorkerMeasures(0)
    all.absorb(this.#gone)
    for (const { own, tenant, workers } of this.#names.tenants) {
      const sum = new WorkerMeasures(own.row)
      sum.absorb(own)
      for (const [worker, measures] of workers) {
        const { changedAfter, row } = measures
        sum.absorb(measures)
        live.push(row)
        if (changedAfter >= since) rows.push({ row, tenant, worker, counts: measures.counts() })
      }
      all.absorb(sum)
      live.push(own.row)
      if (sum.changedAfter >= since) rows.push({ row: own.row, tenant, counts: sum.counts() })
    }
    this.#snapshots += 1
    const stats = this.#sources.stats()
    return {
      snapshot: this.#snapshots,
      all: this.#all(all.counts(), stats),
      rows,
      ...(this.#leftAfter >= since ? { live } : {}),
      pool: poolGauges(stats),
      workers: workerGauges(stats),
    }
  }

  #all(tasks: TaskCounts, { evictions, hits, misses }: PoolStats): HostCounts {
    const wall = Object.entries(this.#wallByOutcome).map(
      ([outcome, histogram]) => [outcome, histogram.counts()] as const,
    )
    const { cold, reserve } = this.#creation
    return {
      ...this.#sources.measured(),
      tasks,
      wallByOutcome: Object.fromEntries(wall),
      creation: { reserve: reserve.counts(), cold: cold.counts() },
      pool: { hits, misses, evictions },
    }
  }

  #changed(tenant: string, worker: string): WorkerMeasures {
    const row = this.#names.of(tenant, worker)
    row.changedAfter = this.#snapshots
    return row
  }

  #nextRow(): number {
    this.#lastRow += 1
    return this.#lastRow
  }
}
