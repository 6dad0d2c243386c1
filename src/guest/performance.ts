// https://w3c.github.io/hr-time/#the-performance-interface
import { monotonicNow, timeOrigin } from './clock.ts'
import { EventTarget } from './dom/event-target.ts'
import { defineInterface, illegalConstructor } from './webidl/interface.ts'

/** No tenant can hold this value, so no tenant can make a Performance. */
const CREATE = { __proto__: null }

export class Performance extends EventTarget {
  readonly #timeOrigin: number

  constructor(token?: unknown) {
    if (token !== CREATE) illegalConstructor()
    super()
    this.#timeOrigin = timeOrigin()
  }

  now(): number {
    void this.#timeOrigin
    return monotonicNow()
  }

  get timeOrigin(): number {
    return this.#timeOrigin
  }

  toJSON(): { timeOrigin: number } {
    return { timeOrigin: this.#timeOrigin }
  }
}

defineInterface(Performance, 'Performance', { constructor: 0 })

/** One per context; its time begins with the call. */
export function createPerformance(): Performance {
  return new Performance(CREATE)
}
