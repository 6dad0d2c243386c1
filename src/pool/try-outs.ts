// Loads a version into an isolate of its own and throws it away: what is left is whether it loads, and why not.
import { isLoadFailure, type LoadFailure } from '../instance/load-instance.ts'
import type { InstanceEvents } from '../instance/instance.ts'
import type { PreparedVersion } from '../instance/prepared-version.ts'
import type { Services } from '../instance/services.ts'
import type { BlankReserve } from './blanks.ts'
import { IsolateContexts } from './isolate-contexts.ts'

const NO_EVENTS: InstanceEvents = {
  runEnded: () => undefined,
  parked: () => undefined,
  heard: () => undefined,
  spoiled: () => undefined,
}

export class TryOuts {
  readonly #services: Services
  readonly #reserve: BlankReserve
  readonly #present = new Set<IsolateContexts>()
  #closed = false

  constructor(services: Services, reserve: BlankReserve) {
    this.#services = services
    this.#reserve = reserve
  }

  async load(prepared: PreparedVersion): Promise<LoadFailure | undefined> {
    const { blank } = await this.#reserve.takeOrMake(prepared)
    const contexts = new IsolateContexts(blank, this.#services, NO_EVENTS)
    if (this.#closed) contexts.dispose('now')
    this.#present.add(contexts)
    const loaded = await contexts.load(prepared)
    this.#present.delete(contexts)
    if (!isLoadFailure(loaded)) loaded.close()
    contexts.dispose('background')
    return isLoadFailure(loaded) ? loaded : undefined
  }

  close(): void {
    this.#closed = true
    for (const contexts of this.#present) contexts.dispose('now')
  }
}
