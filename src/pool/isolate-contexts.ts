// The isolate of a pool entry, and the instances made in it: the first in the context the isolate came with, each later
// one in a context of its own.
import type { Instance, InstanceEvents } from '../instance/instance.ts'
import { type Blank, loadInstance, type LoadFailure } from '../instance/load-instance.ts'
import type { PreparedVersion } from '../instance/prepared-version.ts'
import type { Services } from '../instance/services.ts'
import type { EngineIsolate, GuestContext } from '../isolate/engine-isolate.ts'

export class IsolateContexts {
  readonly #isolate: EngineIsolate
  readonly #services: Services
  readonly #events: InstanceEvents
  #firstContext: GuestContext | undefined

  constructor(blank: Blank, services: Services, events: InstanceEvents) {
    this.#isolate = blank.isolate
    this.#firstContext = blank.context
    this.#services = services
    this.#events = events
  }

  async load(prepared: PreparedVersion): Promise<Instance | LoadFailure> {
    const context = this.#firstContext ?? (await this.#isolate.createContext())
    this.#firstContext = undefined
    return loadInstance(
      { isolate: this.#isolate, context },
      { prepared, services: this.#services, events: this.#events },
    )
  }

  dispose(when: 'background' | 'now'): void {
    this.#isolate.dispose(when)
  }
}
