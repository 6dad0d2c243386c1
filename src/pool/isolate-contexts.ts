// The isolate of a pool entry, and the instances made in it: the first in the context the isolate came with, each later
// one in a context of its own.
import type { Instance, InstanceEvents } from '../instance/instance.ts'
import { type Blank, loadInstance, type LoadFailure, lostIsolate } from '../instance/load-instance.ts'
import type { PreparedVersion } from '../instance/prepared-version.ts'
import type { Services } from '../instance/services.ts'
import type { EngineIsolate, GuestContext } from '../isolate/engine-isolate.ts'

export class IsolateContexts {
  readonly #isolate: EngineIsolate
  readonly #services: Services
  readonly #events: InstanceEvents
  readonly #disposed = new AbortController()
  #firstContext: GuestContext | undefined

  constructor(blank: Blank, services: Services, events: InstanceEvents) {
    this.#isolate = blank.isolate
    this.#firstContext = blank.context
    this.#services = services
    this.#events = events
  }

  async load(prepared: PreparedVersion): Promise<Instance | LoadFailure> {
    const isolate = this.#isolate
    const options = { prepared, services: this.#services, events: this.#events, signal: this.#disposed.signal }
    let context: GuestContext
    try {
      context = this.#firstContext ?? (await isolate.createContext())
    } catch (error) {
      if (isolate.isDisposed) return lostIsolate(options)
      throw error
    }
    this.#firstContext = undefined
    return loadInstance({ isolate, context }, options)
  }

  /** Loads that are under way fail. */
  dispose(when: 'background' | 'now'): void {
    this.#disposed.abort()
    this.#isolate.dispose(when)
  }
}
