// Blank instances: an isolate with the guest runtime in a context, and no tenant's code. A small reserve is kept ready,
// so that a new worker's first request waits for its own code only.
import { EngineIsolate } from '../isolate/engine-isolate.ts'
import type { ExecutorName } from '../isolate/executor.ts'
import type { Blank, LoadFailure } from '../instance/load-instance.ts'
import type { PreparedVersion } from '../instance/prepared-version.ts'

export interface BlankOptions {
  readonly executor: ExecutorName
  readonly heapMb: number
}

async function createBlank({ executor, heapMb }: BlankOptions): Promise<Blank> {
  const isolate = new EngineIsolate({ executor, heapMb })
  const context = await isolate.createContext()
  return { isolate, context }
}

/** Refilling waits this long after the last demand, so that it takes no time from requests. */
const REFILL_DELAY_MS = 5

export class BlankReserve {
  readonly #options: BlankOptions
  readonly #size: number
  readonly #blanks: Blank[] = []
  #timer: NodeJS.Timeout | undefined
  #adding: Promise<void> | undefined
  #closed = false

  constructor(size: number, options: BlankOptions) {
    this.#size = size
    this.#options = options
    this.#scheduleRefill()
  }

  get available(): number {
    return this.#blanks.length
  }

  /** A blank of the wanted kind, where one is ready. */
  take(wanted: BlankOptions): Blank | undefined {
    if (wanted.executor !== this.#options.executor || wanted.heapMb !== this.#options.heapMb) return undefined
    const blank = this.#blanks.pop()
    this.#scheduleRefill()
    return blank
  }

  /** One for the version: from the reserve where there is one that fits, else made now. */
  async takeOrMake({ limits }: PreparedVersion): Promise<{ readonly blank: Blank; readonly fromReserve: boolean }> {
    const wanted: BlankOptions = { executor: this.#options.executor, heapMb: limits.heapMb }
    const ready = this.take(wanted)
    if (ready !== undefined) return { blank: ready, fromReserve: true }
    return { blank: await createBlank(wanted), fromReserve: false }
  }

  /** Resolves once as many are there, or the reserve is full. */
  async fill(count: number = this.#size): Promise<void> {
    while (!this.#closed && this.#blanks.length < Math.min(count, this.#size)) await this.#addOne()
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    for (const { isolate } of this.#blanks.splice(0)) isolate.dispose('now')
  }

  #scheduleRefill(): void {
    if (this.#closed || this.#blanks.length >= this.#size) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#refill(), REFILL_DELAY_MS)
    this.#timer.unref()
  }

  /** Each in a turn of its own. */
  async #refill(): Promise<void> {
    if (this.#blanks.length >= this.#size) return
    await this.#addOne()
    this.#scheduleRefill()
  }

  /** One at a time, whoever asks: the reserve must not grow past its size. */
  #addOne(): Promise<void> {
    this.#adding ??= this.#add().finally(() => {
      this.#adding = undefined
    })
    return this.#adding
  }

  async #add(): Promise<void> {
    const blank = await createBlank(this.#options)
    if (this.#closed) blank.isolate.dispose('now')
    else this.#blanks.push(blank)
  }
}

/** Why there is none: the process has no memory for another. */
export function blankFailure(error: unknown): LoadFailure {
  const reason = error instanceof Error ? error.message : String(error)
  return { outcome: 'loadShed', error: { code: 'MEMORY_PRESSURE', message: `No isolate could be made: ${reason}` } }
}
