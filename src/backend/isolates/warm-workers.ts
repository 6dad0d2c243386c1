// Versions that stay loaded for further runs of the same program under the same limits. A bounded number: the one that was
// used least recently goes.
import { createHash } from 'node:crypto'
import type { Workload } from '../backend.ts'
import { workerName } from './worker-address.ts'

interface WarmWorker {
  /** Named after what it runs. */
  readonly name: string
  /** Fails where the version could not be loaded; it is forgotten then. */
  readonly loaded: Promise<void>
  running: number
}

export interface WarmWorkersOptions {
  readonly most: number
  readonly load: (name: string, workload: Workload) => Promise<void>
  readonly remove: (name: string) => void
}

export class WarmWorkers {
  readonly #options: WarmWorkersOptions
  /** By name, the most recently used last. */
  readonly #workers = new Map<string, WarmWorker>()

  constructor(options: WarmWorkersOptions) {
    this.#options = options
  }

  /** Hold it for as long as the run takes. `isFresh`: it was loaded for this one. */
  async take(workload: Workload): Promise<Disposable & { readonly name: string; readonly isFresh: boolean }> {
    const name = nameOf(workload)
    const known = this.#workers.get(name)
    const worker = known ?? { name, loaded: this.#options.load(name, workload), running: 0 }
    this.#workers.delete(name)
    this.#workers.set(name, worker)
    worker.running += 1
    this.#evict()
    const release = (): void => void (worker.running -= 1)
    try {
      await worker.loaded
    } catch (error) {
      release()
      if (this.#workers.get(name) === worker) this.#workers.delete(name)
      throw error
    }
    return { name, isFresh: known === undefined, [Symbol.dispose]: release }
  }

  /** What they were loaded in is gone. */
  forget(): void {
    this.#workers.clear()
  }

  #evict(): void {
    if (this.#workers.size <= this.#options.most) return
    for (const { name, running } of this.#workers.values()) {
      if (running > 0) continue
      this.#workers.delete(name)
      return this.#options.remove(name)
    }
  }
}

function nameOf({ memoryMb, mode, module, timeoutMs, warmKey }: Workload): string {
  const hash = createHash('sha256')
  for (const part of [warmKey, mode, memoryMb, timeoutMs, module]) hash.update(`${String(part).length}:${String(part)}`)
  return workerName(`warm-${hash.digest('hex').slice(0, 32)}`, mode)
}
