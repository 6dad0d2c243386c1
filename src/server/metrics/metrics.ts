// All that `GET /metrics` tells Prometheus: what hosts have counted, as control adds it up, and how things stand. Names and
// units are Prometheus's: seconds, bytes, `_total` of what only grows. The number of series is bounded.
import type { Control } from '../../control/control.ts'
import type { HostStatus } from '../../wire/host-status.ts'
import { backendFamilies, type BackendStanding } from './backend-families.ts'
import { controlFamilies } from './control-families.ts'
import { expositionOf, type Family } from './exposition.ts'
import { hostFamilies } from './host-families.ts'
import { NamedFamilies } from './named-families.ts'
import { poolFamilies } from './pool-families.ts'
import { taskFamilies } from './task-families.ts'

export interface MetricsSources {
  readonly control: Control
  readonly hosts: () => Promise<readonly HostStatus[]>
  /** None unless given. */
  readonly backends?: () => readonly BackendStanding[]
}

export class Metrics {
  readonly #sources: MetricsSources
  readonly #named = new NamedFamilies()

  constructor(sources: MetricsSources) {
    this.#sources = sources
  }

  /** Hosts are asked first. */
  async text(): Promise<string> {
    return expositionOf(await this.families())
  }

  async families(): Promise<readonly Family[]> {
    const { backends, control, hosts } = this.#sources
    const { measures } = control
    const [statuses] = await Promise.all([hosts(), control.measuring.refresh()])
    const counts = measures.all
    const workers = measures.workerGauges()
    const standings = measures.hosts()
    const waitingForPlace = standings.reduce((sum, { pool }) => sum + pool.waiting, 0)
    return [
      ...taskFamilies({ counts, workers, waitingForPlace }),
      ...poolFamilies({ counts, workers, hosts: standings }),
      ...hostFamilies({ counts, statuses, standings, deaths: measures.deaths }),
      ...this.#named.families({ workers, tenants: measures.tenants(), all: counts.tasks ?? {} }),
      ...backendFamilies(backends?.() ?? []),
      ...controlFamilies({ workers: control.workers().length, quarantined: control.quarantined().length }),
    ]
  }
}
