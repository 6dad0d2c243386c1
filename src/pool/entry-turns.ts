// When an entry may use this thread: at once while there is time, else when its tenant's turn comes.
import { CREATION_US, type Turns } from './turns.ts'

export class EntryTurns {
  readonly #turns: Turns
  readonly #tenant: string
  #isAwaited = false

  constructor(turns: Turns, tenant: string) {
    this.#turns = turns
    this.#tenant = tenant
  }

  get isFree(): boolean {
    return this.#turns.isFree
  }

  /** Calls `step` in a later turn; asked again before, it is the same turn, so that the tenant's other entries come round. */
  await(step: () => void): void {
    if (this.#isAwaited) return
    this.#isAwaited = true
    this.#turns.add(this.#tenant, () => {
      this.#isAwaited = false
      step()
    })
  }

  /** Until there is time for something that takes milliseconds. */
  async forCreation(): Promise<void> {
    if (!this.#turns.isFree) await new Promise<void>((resolve) => this.#turns.add(this.#tenant, resolve))
    this.chargeCreation()
  }

  chargeCreation(): void {
    this.#turns.charge(this.#tenant, CREATION_US)
  }
}
