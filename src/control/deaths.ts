// What follows from the death of a host: whoever did it is held back, whoever may have done it returns to probation, and
// operators can read about it.
import type { Incident } from '../wire/incident.ts'
import type { LiveWorkers } from './live-workers.ts'
import type { Overdue } from './overdue.ts'
import type { Quarantine } from './quarantine.ts'
import type { Store, VersionRow } from './store.ts'
import type { Trust } from './trust.ts'

export interface IncidentReport extends Omit<Incident, 'culprit' | 'suspects'> {
  readonly culprit: VersionRow | null
  readonly suspects: readonly VersionRow[]
}

export interface DeathsOptions {
  readonly store: Store
  readonly live: LiveWorkers
  readonly trust: Trust
  readonly quarantine: Quarantine
  readonly overdue: Overdue
  readonly counted: (cause: Incident['cause']) => void
  /** Tells every host who answers for the tenant's workers. */
  readonly tellTenant: (tenant: string) => Promise<void>
}

export class Deaths {
  readonly #options: DeathsOptions

  constructor(options: DeathsOptions) {
    this.#options = options
  }

  /**
   * A host died: whoever did it is held back, and those who may have done it return to probation. What is told again,
   * because it is not certain to have been heard, counts once.
   */
  async hostDied(incident: Incident): Promise<void> {
    const isSame = ({ host, pid, time }: Incident): boolean =>
      host === incident.host && pid === incident.pid && time === incident.time
    if (this.#options.store.incidents().some(isSame)) return
    const { cause, culprit, detail, suspects } = incident
    this.#options.overdue.forget(incident.host)
    const tenants = new Set<string>()
    const row = culprit === undefined ? undefined : this.#options.store.versionRow(culprit)
    if (row !== undefined) {
      tenants.add(row.tenant)
      if (this.#options.live.answers(row))
        this.#options.quarantine.strike(row, { number: row.number, reason: `${REASONS[cause]} (${detail}).` })
    }
    for (const number of suspects) {
      const suspect = this.#options.store.versionRow(number)
      if (suspect !== undefined) tenants.add(suspect.tenant)
    }
    for (const tenant of tenants) this.#options.trust.demote(tenant)
    // Last: once it is here, it is done.
    this.#options.store.addIncident(incident)
    this.#options.counted(cause)
    await Promise.all([...tenants].map((tenant) => this.#options.tellTenant(tenant)))
  }

  list(): readonly IncidentReport[] {
    return this.#options.store.incidents().map((incident) => this.#report(incident))
  }

  #report({ culprit, suspects, ...rest }: Incident): IncidentReport {
    return {
      ...rest,
      culprit: culprit === undefined ? null : (this.#options.store.versionRow(culprit) ?? null),
      suspects: suspects.flatMap((number) => this.#options.store.versionRow(number) ?? []),
    }
  }
}

const REASONS: Readonly<Record<Incident['cause'], string>> = {
  stuck: 'it did not come back from a call that V8 cannot interrupt',
  memory: 'it took more memory than its host has',
  abort: 'it crashed its host',
  oom: 'it used up the memory of the machine',
  killed: 'its host was killed',
  unresponsive: 'it kept its host from answering',
  exited: 'it ended its host',
}
