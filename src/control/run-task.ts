// Tasks that control asks for: a host of the worker's tier runs them, and says how they ended. A host may have been taken
// over, so nothing it says is waited for without a limit, or believed beyond what it may say. A task that may have
// started is never run again; one that has not is tried once more, on another host.
import { IsopodError } from '../errors.ts'
import { OUTCOME_NAMES } from '../outcome.ts'
import type { Tier } from '../stats.ts'
import type { AskedTask, TaskEnding } from '../wire/control-messages.ts'
import { homeHost } from './home-host.ts'
import type { HostLink, HostLinks } from './host-links.ts'
import type { VersionRow, WorkerName } from './store.ts'

export interface TaskRunnerOptions {
  readonly links: HostLinks
  readonly find: (worker: WorkerName) => VersionRow | undefined
  readonly tierOf: (tenant: string) => Tier
  /** How long a task may take where its version does not say. */
  readonly wallMs: number
}

const ATTEMPTS = 2
const HOST_WITHIN_MS = 30_000
/** For what a host does before and after the time it limits by the wall clock: loading, and `waitUntil`. */
const MARGIN_MS = 10 * 60_000
const MAX_TIMER_MS = 2 ** 31 - 1

export class TaskRunner {
  readonly #options: TaskRunnerOptions
  /** Tasks that a host has, by host. */
  readonly #running = new WeakMap<HostLink, number>()

  constructor(options: TaskRunnerOptions) {
    this.#options = options
  }

  async run(worker: WorkerName, task: AskedTask): Promise<TaskEnding> {
    const tried = new Set<HostLink>()
    let ending: TaskEnding | undefined
    for (let attempt = 1; attempt <= ATTEMPTS && ending === undefined; attempt++) {
      try {
        ending = await this.#attempt(worker, { task, tried })
      } catch (error) {
        if (!(error instanceof IsopodError)) throw error
        ending = { outcome: 'hostLost', error: { code: error.code, message: error.message } }
      }
    }
    return ending ?? lost(`${ATTEMPTS} host processes ended, or left, before the task had started.`)
  }

  /** Undefined where it has not started, and may be tried again. */
  async #attempt(
    worker: WorkerName,
    { task, tried }: { readonly task: AskedTask; readonly tried: Set<HostLink> },
  ): Promise<TaskEnding | undefined> {
    const { find, links, tierOf, wallMs } = this.#options
    const { tenant, worker: name } = worker
    const version = find(worker)
    if (version === undefined) {
      return { outcome: 'notFound', error: { code: 'WORKER_NOT_FOUND', message: `There is no worker "${name}".` } }
    }
    const host = await links.choose(tierOf(tenant), {
      withinMs: HOST_WITHIN_MS,
      from: (hosts) => {
        const untried = hosts.filter((link) => !tried.has(link))
        return this.#freest(untried, homeHost(worker, untried))
      },
    })
    tried.add(host)
    const withinMs = Math.min(MAX_TIMER_MS, (version.wallMs ?? wallMs) + MARGIN_MS)
    const askedMs = performance.now()
    let hasStarted = false
    this.#count(host, 1)
    const done = await host.run(
      { type: 'run', tenant, worker: name, task },
      {
        withinMs,
        started: () => {
          hasStarted = true
        },
      },
    )
    this.#count(host, -1)
    if (done?.ran !== undefined) return believable(done.ran)
    if (performance.now() - askedMs >= withinMs) return lost('The host process did not say in time how the task ended.')
    return hasStarted ? lost('The host process ended while the task was running.') : undefined
  }

  /** Of hosts that are as free, the worker's home. */
  #freest(hosts: readonly HostLink[], home: HostLink | undefined): HostLink | undefined {
    const weight = (link: HostLink): number => (this.#running.get(link) ?? 0) + (link === home ? 0 : 0.5)
    return hosts.toSorted((a, b) => weight(a) - weight(b))[0]
  }

  #count(host: HostLink, change: 1 | -1): void {
    this.#running.set(host, (this.#running.get(host) ?? 0) + change)
  }
}

function lost(message: string): TaskEnding {
  return { outcome: 'hostLost', error: { code: 'HOST_LOST', message } }
}

function believable({ error, outcome }: TaskEnding): TaskEnding {
  if (!OUTCOME_NAMES.includes(outcome)) return lost('The host process did not say how the task ended.')
  if (typeof error?.code !== 'string' || typeof error.message !== 'string') return { outcome }
  return { outcome, error: { code: error.code, message: error.message } }
}
