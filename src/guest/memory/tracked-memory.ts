// Objects whose memory no limit of the isolate counts: how many there are, and how much they hold together.
//
// Bounds hold for a context. What was given up is counted until the bound is reached and the garbage collector has been
// asked; what was made in one run of a task's code is not collected before that run is over: that is how WeakRef works.
import { ArrayPrototypePush, WeakRefConstructor, WeakRefPrototypeDeref } from '../primordials.ts'
import { collectGarbage } from './collect-garbage.ts'

interface Bounds {
  readonly objects: number
  readonly bytes: number
}

export class TrackedMemory<T extends object> {
  readonly #bytesOf: (object: T) => number
  #objects: WeakRef<T>[] = []
  #bytes = 0

  /** @param bytesOf - 0 for an object that holds nothing any more */
  constructor(bytesOf: (object: T) => number) {
    this.#bytesOf = bytesOf
  }

  /** @param bytes - how much more is held than before it was made */
  add(object: T, bytes: number): void {
    ArrayPrototypePush(this.#objects, new WeakRefConstructor(object))
    this.#bytes += bytes
  }

  grew(bytes: number): void {
    this.#bytes += bytes
  }

  /** Whether all together stay within the bounds with one more object, or that many bytes more. */
  hasRoom(bytes: number, max: Bounds): boolean {
    if (this.#fits(bytes, max)) return true
    // Before anything is looked at: what was looked at is not collected.
    collectGarbage()
    this.#count()
    return this.#fits(bytes, max)
  }

  #fits(bytes: number, max: Bounds): boolean {
    return this.#objects.length < max.objects && this.#bytes + bytes <= max.bytes
  }

  #count(): void {
    const alive: WeakRef<T>[] = []
    this.#bytes = 0
    for (let i = 0; i < this.#objects.length; i++) {
      const ref = this.#objects[i] as WeakRef<T>
      const object = WeakRefPrototypeDeref(ref)
      const bytes = object === undefined ? 0 : this.#bytesOf(object)
      if (bytes === 0) continue
      this.#bytes += bytes
      ArrayPrototypePush(alive, ref)
    }
    this.#objects = alive
  }
}
