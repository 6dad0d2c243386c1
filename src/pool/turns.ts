// Whose turn it is on this thread.
//
// While there is time, whatever comes starts at once. A turn of the event loop gives its tasks one slice; what comes
// beyond that waits for a later turn, so that connections, timers and the host's own signs of life come round in between.
// Those that wait are served by deficit round robin: each tenant in turn, for time in proportion to its weight, so a tenant
// with a thousand tasks waiting is in nobody's way for longer than one slice and the task that it ended with.

/** What one turn of the event loop may take, and what the tenant of most weight gets each time it comes round. */
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
  weight: number
  /** How long its latest step took, of this thread's time or others'. */
  stepMs: number
}

export class Turns {
  #usedUs = 0
  #isEndNoted = false
  #isServing = false
  #isStepping = false
  /** Those that wait, in the order in which they come round. */
  readonly #waiting = new Map<string, Tenant>()
  /** Whose turn it is. */
  #current: Tenant | undefined
  /** Of all that took or wanted time since somebody had to wait. */
  readonly #tenants = new Map<string, Tenant>()
  /** Of all tenants that have another than 1. */
  readonly #weights = new Map<string, number>()
  /** The largest weight among those. */
  #mostWeight = 1

  /** Whether something may start at once. If not, {@link add} it. */
  get isFree(): boolean {
    return this.#waiting.size === 0 && !this.#isStepping && this.#usedUs < SLICE_US
  }

  /** Time was used, in microseconds. */
  charge(tenant: string, usedUs: number): void {
    this.#usedUs += usedUs
    if (this.#usedUs > NOTED_US) this.#noteEnd()
    // Where nobody waits, nobody owes anything. Whose step it is may be about to wait again.
    if (this.#waiting.size === 0 && !this.#isStepping) return
    const debtor = this.#tenants.get(tenant)
    if (debtor !== undefined) debtor.creditUs = Math.max(debtor.creditUs - usedUs, -MOST_DEBT_US)
  }

  /** A tenant's share of the time stands to another's as their weights do, where both always have something waiting. */
  weigh(tenant: string, weight: number): void {
    if (weight === (this.#weights.get(tenant) ?? 1)) return
    if (weight === 1) this.#weights.delete(tenant)
    else this.#weights.set(tenant, weight)
    const known = this.#tenants.get(tenant)
    if (known === undefined) return
    known.weight = weight
    this.#mostWeight = Math.max(...[...this.#tenants.values()].map((each) => each.weight))
  }

  /** Calls `step` when it is the tenant's turn, never before this returns. */
  add(tenant: string, step: Step): void {
    let known = this.#tenants.get(tenant)
    if (known === undefined) {
      const weight = this.#weights.get(tenant) ?? 1
      known = { name: tenant, steps: [], creditUs: 0, weight, stepMs: 0 }
      this.#tenants.set(tenant, known)
      this.#mostWeight = Math.max(this.#mostWeight, weight)
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
      // Otherwise the turn ends when those that wait have been served.
      if (!this.#isServing) this.#usedUs = 0
    })
  }

  #serveLater(): void {
    if (this.#isServing) return
    this.#isServing = true
    setImmediate(() => this.#serve())
  }

  /**
   * What results of operations have used since the last time counts: whoever waits for an instance has the rest of the turn,
   * and one step at least, so that no more is begun than is brought to an end.
   */
  #serve(): void {
    this.#isServing = false
    let steps = 0
    // On a busy machine time passes that nobody uses, and those who have not been heard yet wait all the same.
    const endMs = performance.now() + SLICE_US / 1000
    while (steps === 0 || (this.#usedUs < SLICE_US && performance.now() < endMs)) {
      const tenant = this.#next()
      if (tenant === undefined) break
      // What came before is written first: an answer must not wait for a step that is longer than what is left.
      if (steps > 0 && performance.now() + tenant.stepMs > endMs) break
      this.#step(tenant)
      steps += 1
    }
    if (this.#waiting.size > 0) {
      this.#usedUs = 0
      this.#serveLater()
    } else {
      this.#forget()
      if (this.#usedUs > 0) this.#noteEnd()
    }
  }

  #step(tenant: Tenant): void {
    const step = tenant.steps.shift()
    if (tenant.steps.length === 0) this.#waiting.delete(tenant.name)
    const startMs = performance.now()
    this.#isStepping = true
    try {
      step?.()
    } finally {
      this.#isStepping = false
    }
    tenant.stepMs = performance.now() - startMs
  }

  #forget(): void {
    this.#tenants.clear()
    this.#mostWeight = 1
    this.#current = undefined
  }

  /** Whose step is the next one. */
  #next(): Tenant | undefined {
    if (this.#current !== undefined && this.#current.creditUs <= 0) this.#passOn(this.#current)
    for (const [name, tenant] of this.#waiting) {
      if (tenant === this.#current) return tenant
      const shareUs = (SLICE_US * tenant.weight) / this.#mostWeight
      tenant.creditUs = Math.min(tenant.creditUs + shareUs, shareUs)
      if (tenant.creditUs > 0) {
        this.#current = tenant
        return tenant
      }
      // Still pays for what it took ahead; the loop comes to it again.
      this.#waiting.delete(name)
      this.#waiting.set(name, tenant)
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
