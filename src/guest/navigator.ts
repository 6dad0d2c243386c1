// What programs ask to know where they run. https://html.spec.whatwg.org/multipage/system-state.html#the-navigator-object
import { defineInterface, illegalConstructor } from './webidl/interface.ts'

/** No tenant can hold this value, so no tenant can make a Navigator. */
const CREATE = { __proto__: null }

export class Navigator {
  readonly #userAgent = 'Isopod'
  /** Programs size their pools of workers by it, and there are no workers. */
  readonly #hardwareConcurrency = 1

  constructor(token?: unknown) {
    if (token !== CREATE) illegalConstructor()
  }

  get userAgent(): string {
    return this.#userAgent
  }

  get hardwareConcurrency(): number {
    return this.#hardwareConcurrency
  }
}

defineInterface(Navigator, 'Navigator', { constructor: 0 })

export function createNavigator(): Navigator {
  return new Navigator(CREATE)
}
