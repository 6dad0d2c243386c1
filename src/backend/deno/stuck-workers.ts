// Finds workers that were terminated and go on all the same: V8 does not stop within a regular expression. Deno does not say
// when a worker has ended, but each has a thread: more of the threads that were there when one was ended than workers from
// that time are left, for a while, is one that is stuck. What was made since counts on neither side.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

interface Suspicion {
  /** Workers made until then are meant. */
  readonly made: number
  readonly threads: ReadonlySet<string>
  looks: number
}

/** A thread that ends takes a few milliseconds for it. */
const STUCK_AFTER_LOOKS = 20

export class StuckWorkers {
  readonly #pid: number
  #suspicion: Suspicion | undefined
  /** Ended while another suspicion was looked into. */
  #next: number | undefined

  constructor(pid: number) {
    this.#pid = pid
  }

  /** What to ask for: how many of the first so many workers are left. Undefined: nothing is suspected. */
  get question(): number | undefined {
    return this.#suspicion?.made
  }

  /** One of the first `made` workers was ended. */
  async ended(made: number): Promise<void> {
    if (this.#suspicion !== undefined) {
      this.#next = made
      return
    }
    this.#next = undefined
    this.#suspicion = { made, threads: await this.#threads(), looks: 0 }
  }

  /** @returns whether one is stuck, `left` being the answer to the question */
  async look(left: number): Promise<boolean> {
    const suspicion = this.#suspicion
    if (suspicion === undefined) return false
    const now = await this.#threads()
    if (suspicion !== this.#suspicion) return false
    if ([...suspicion.threads].filter((id) => now.has(id)).length > left) return ++suspicion.looks >= STUCK_AFTER_LOOKS
    this.#suspicion = undefined
    if (this.#next !== undefined) await this.ended(this.#next)
    return false
  }

  async #threads(): Promise<Set<string>> {
    const folder = `/proc/${this.#pid}/task`
    const ids = await readdir(folder).catch(() => [])
    const names = await Promise.all(ids.map((id) => readFile(join(folder, id, 'comm'), 'utf8').catch(() => '')))
    return new Set(ids.filter((_id, at) => names[at]?.startsWith('worker-') === true))
  }
}
