// Whose turn it is on this thread.
//
// While there is time, whatever comes starts at once. A turn of the event loop gives its tasks one slice; what comes
// beyond that waits for a later turn, so that connections, timers and the host's own signs of life come round in between.
// Those that wait are served by deficit round robin: each tenant in turn, for as much time as each other, so a tenant
// with a thousand tasks waiting is in nobody's way for longer than one slice and the task that it ended with.

/** What one turn of the event loop may take, and what a tenant gets each time it comes round. */
const SLICE_US = 10_000
/** What results of operations bring in is not held back, so a tenant may owe more than it can pay soon. */
const MOST_DEBT_US = 1_000_000
/** About what making an isolate or a context takes; charged ahead, since it is not measured. */
export const CREATION_US = 3000
/** Below this, nobody needs to know that the turn is over. */
const NOTED_US = 500

/** Starts something, and returns; time that it takes is charged by whoever measures it. */
type Step = () => void

interface Tenant {
  readonly name: string
  readonly steps: Step[]
  /** Time it may still take before others; below zero: has taken ahead. */
  creditUs: number
}

export class Turns {
  #usedUs = 0
  #isEndNoted = false
  #isServing = false
  /** Those that wait, in the order in which they come round. */
  readonly #waiting = new Map<string, Tenant>()
  /** Whose turn it is. */
  #current: Tenant | undefined
  /** Of all that took or wanted time since somebody had to wait. */
  readonly #tenants = new Map<string, Tenant>()

  /** Whether something may start at once. If not, {@link add} it. */
  get isFree(): boolean {
    return this.#waiting.size === 0 && this.#usedUs < SLICE_US
  }

  /** Time was used, in microseconds. */
  charge(tenant: string, usedUs: number): void {
    this.#usedUs += usedUs
    if (this.#usedUs > NOTED_US) this.#noteEnd()
    // Where nobody waits, nobody owes anything.
    if (this.#waiting.size === 0) return
    const debtor = this.#tenants.get(tenant)
    if (debtor !== undefined) debtor.creditUs = Math.max(debtor.creditUs - usedUs, -MOST_DEBT_US)
  }

  /** Calls `step` when it is the tenant's turn, never before this returns. */
  add(tenant: string, step: Step): void {
    let known = this.#tenants.get(tenant)
    if (known === undefined) {
      known = { name: tenant, steps: [], creditUs: 0 }
      this.#tenants.set(tenant, known)
    }
    known.steps.push(step)
    this.#waiting.set(tenant, known)
    this.#serveLater()
  }

  #noteEnd(): void {
    if (this.#isEndNoted) return
    this.#isEndNoted = true
    setImmediate(() => {
      this.#isEndNoted = false
      this.#usedUs = 0
    })
  }

  #serveLater(): void {
    if (this.#isServing) return
    this.#isServing = true
    setImmediate(() => this.#serve())
  }

  #serve(): void {
    this.#isServing = false
    this.#usedUs = 0
    while (this.#usedUs < SLICE_US) {
      const step = this.#next()
      if (step === undefined) break
      step()
    }
    if (this.#waiting.size > 0) this.#serveLater()
    else this.#forget()
  }

  #forget(): void {
    this.#tenants.clear()
    this.#current = undefined
  }

  #next(): Step | undefined {
    if (this.#current !== undefined && this.#current.creditUs <= 0) this.#passOn(this.#current)
    for (const [name, tenant] of this.#waiting) {
      if (tenant !== this.#current) {
        tenant.creditUs = Math.min(tenant.creditUs + SLICE_US, SLICE_US)
        if (tenant.creditUs <= 0) {
          // Still pays for what it took ahead; the loop comes to it again.
          this.#waiting.delete(name)
          this.#waiting.set(name, tenant)
          continue
        }
        this.#current = tenant
      }
      const step = tenant.steps.shift()
      if (tenant.steps.length === 0) this.#waiting.delete(name)
      return step
    }
    return undefined
  }

  /** The tenant has had its share: the others come round first. */
  #passOn({ name }: Tenant): void {
    const waiting = this.#waiting.get(name)
    if (waiting !== undefined) {
      this.#waiting.delete(name)
      this.#waiting.set(name, waiting)
    }
    this.#current = undefined
  }
}
