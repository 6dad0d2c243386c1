// What the host tells of workers while they run, handed to the run it is about. Events and results come over links of their
// own, so an event may come after the result it belongs before.
import type { HostDeath } from '../../library/process-runtime.ts'
import type { Observer } from '../../observer.ts'
import type { LogLine } from '../../task.ts'

/** How long making an isolate took, and loading the code into it. */
export interface Creation {
  readonly createMs: number
  readonly loadMs: number
}

interface Listener {
  log(line: LogLine): void
  created(creation: Creation): void
  /** @param fault - whose it was: that worker's, another's, or nobody knows */
  hostDied(cause: HostDeath['cause'], fault: Fault): void
}

export type Fault = 'own' | 'other' | 'unknown'

export class WorkerEvents {
  readonly #listeners = new Map<string, Set<Listener>>()

  /** For a runtime. */
  get observer(): Observer {
    return {
      // Among several runs of one worker nobody knows whose it is: they get their lines with their results.
      log: ({ worker }, line) => this.#only(worker)?.log(line),
      instanceCreated: ({ worker, creationMs, loadMs }) => {
        const [first] = this.#listeners.get(worker) ?? []
        first?.created({ createMs: creationMs - loadMs, loadMs })
      },
    }
  }

  hostDied({ cause, culprit }: HostDeath): void {
    for (const [worker, listeners] of this.#listeners) {
      const fault = culprit === undefined ? 'unknown' : culprit.worker === worker ? 'own' : 'other'
      for (const listener of listeners) listener.hostDied(cause, fault)
    }
  }

  listen(worker: string, listener: Listener): Disposable {
    const listeners = this.#listeners.get(worker) ?? new Set()
    listeners.add(listener)
    this.#listeners.set(worker, listeners)
    return {
      [Symbol.dispose]: () => {
        listeners.delete(listener)
        if (listeners.size === 0) this.#listeners.delete(worker)
      },
    }
  }

  #only(worker: string): Listener | undefined {
    const [first, ...others] = this.#listeners.get(worker) ?? []
    return others.length === 0 ? first : undefined
  }
}
