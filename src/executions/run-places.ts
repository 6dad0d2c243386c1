// So many runs at once, so many more in a line, and no more than that.
import { IsopodError } from '../errors.ts'

export interface RunPlacesOptions {
  readonly atOnce: number
  readonly waiting: number
}

export class RunPlaces {
  readonly #options: RunPlacesOptions
  readonly #line = new Set<() => void>()
  #taken = 0

  constructor(options: RunPlacesOptions) {
    this.#options = options
  }

  get taken(): number {
    return this.#taken
  }

  /** @throws IsopodError `QUEUE_FULL` where the line is full */
  assertRoom(): void {
    const { atOnce, waiting } = this.#options
    if (this.#taken < atOnce || this.#line.size < waiting) return
    const message =
      `${this.#taken} executions are running and ${this.#line.size} wait, as many as may (executionsAtOnce is ${atOnce}). ` +
      'Try again when some have ended.'
    throw new IsopodError('QUEUE_FULL', message)
  }

  /** Undefined where the signal came first. @throws as `assertRoom` does */
  async take(signal: AbortSignal): Promise<Disposable | undefined> {
    this.assertRoom()
    if (signal.aborted) return undefined
    if (this.#taken >= this.#options.atOnce) {
      const isFree = await this.#wait(signal)
      if (!isFree) return undefined
    } else this.#taken += 1
    return { [Symbol.dispose]: () => this.#free() }
  }

  #wait(signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const leave = (): void => {
        this.#line.delete(enter)
        resolve(false)
      }
      const enter = (): void => {
        signal.removeEventListener('abort', leave)
        resolve(true)
      }
      this.#line.add(enter)
      signal.addEventListener('abort', leave, { once: true })
    })
  }

  /** The place goes to the next in the line. */
  #free(): void {
    const [next] = this.#line
    if (next === undefined) {
      this.#taken -= 1
      return
    }
    this.#line.delete(next)
    next()
  }
}
