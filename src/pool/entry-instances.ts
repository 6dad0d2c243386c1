// The instances in an entry's isolate. Warm: one for all its runs. Fresh: the present run's, perhaps one made ahead for
// the next, and the one of the run before until it is given up.
import type { Instance } from '../instance/instance.ts'
import { isLoadFailure, type LoadFailure } from '../instance/load-instance.ts'
import type { PreparedVersion } from '../instance/prepared-version.ts'
import type { IsolateContexts } from './isolate-contexts.ts'

export class EntryInstances {
  /** Warm: the instance. Fresh: the one the present run is on. */
  current: Instance | undefined
  #contexts: IsolateContexts | undefined
  #ahead: Instance | undefined
  #used: Instance | undefined
  /** By the latest sample of the run before. */
  #usedHeapBytes = 0
  #isPreparing = false
  #isDisposed = false

  /** A context is being made. */
  get isPreparing(): boolean {
    return this.#isPreparing
  }

  get hasAhead(): boolean {
    return this.#ahead !== undefined
  }

  get heapBytes(): number {
    return this.current?.heapBytes ?? this.#ahead?.heapBytes ?? this.#usedHeapBytes
  }

  /** One to collect garbage with, while no run is under way. */
  get resting(): Instance | undefined {
    return this.current ?? this.#ahead
  }

  /** There is an isolate now. */
  attach(contexts: IsolateContexts): void {
    this.#contexts = contexts
  }

  /** Makes an instance. Undefined when the isolate was disposed of before that was done. */
  async prepare(prepared: PreparedVersion): Promise<Instance | LoadFailure | undefined> {
    const contexts = this.#contexts
    if (contexts === undefined) return undefined
    this.#isPreparing = true
    // A caller that sends one task after the other may let no turn of the event loop pass.
    this.#closeUsed()
    const loaded = await contexts.load(prepared)
    this.#isPreparing = false
    if (!this.#isDisposed) return loaded
    if (!isLoadFailure(loaded)) loaded.close()
    return undefined
  }

  /** The one that was made ahead, where it is of that version. */
  takeAhead(prepared: PreparedVersion): Instance | undefined {
    if (this.#ahead?.prepared !== prepared) return undefined
    const taken = this.#ahead
    this.#ahead = undefined
    return taken
  }

  keepAhead(instance: Instance): void {
    this.#ahead?.close()
    this.#ahead = instance
  }

  /** Fresh: the present one has had its run. */
  useUp(): void {
    this.#closeUsed()
    this.#used = this.current
    this.current = undefined
    this.#usedHeapBytes = this.#used?.heapBytes ?? 0
    // Given up in a turn of its own: the entry into V8 that ended the run is still on the stack.
    setImmediate(() => this.#closeUsed())
  }

  dispose(when: 'background' | 'now'): void {
    this.#isDisposed = true
    this.current?.close('closed')
    this.#ahead?.close()
    this.#contexts?.dispose(when)
  }

  #closeUsed(): void {
    this.#used?.close()
    this.#used = undefined
  }
}
