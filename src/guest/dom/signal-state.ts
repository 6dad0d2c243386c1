// What makes an object an AbortSignal, apart from the class: its state, kept where event targets can see it too (the
// `signal` option of addEventListener), below both in the order of imports.
import { removeAt } from '../list.ts'
import {
  ArrayPrototypeIndexOf,
  ArrayPrototypePush,
  SetConstructor,
  SetPrototypeAdd,
  SetPrototypeDelete,
  WeakRefConstructor,
  WeakRefPrototypeDeref,
} from '../primordials.ts'
import { Identity } from '../webidl/identity.ts'

type Algorithm = () => void

/** Invariant: a dependent signal has sources, none of which is dependent itself. */
export class SignalState {
  readonly signal: object
  aborted = false
  reason: unknown = undefined
  /** In the order they were added. */
  algorithms: Algorithm[] | undefined
  /** The signals this one follows, if it came from AbortSignal.any(). */
  sources: SignalState[] | undefined
  /** A long-lived signal has many short-lived dependents; it must not be what keeps them alive. */
  dependents: WeakRef<SignalState>[] | undefined
  /** Those dependents somebody waits on: nothing else need hold them. */
  #held: Set<SignalState> | undefined
  #abortListeners = 0
  #sweepAt = 16

  constructor(signal: object) {
    this.signal = signal
  }

  addAlgorithm(algorithm: Algorithm): void {
    this.algorithms ??= []
    ArrayPrototypePush(this.algorithms, algorithm)
    this.#updateHold()
  }

  removeAlgorithm(algorithm: Algorithm): void {
    if (this.algorithms === undefined) return
    const index = ArrayPrototypeIndexOf(this.algorithms, algorithm)
    if (index < 0) return
    removeAt(this.algorithms, index)
    this.#updateHold()
  }

  /** Algorithms run once; what waited for the abort lets go. */
  takeAlgorithms(): Algorithm[] {
    const algorithms = this.algorithms ?? []
    this.algorithms = undefined
    this.#held = undefined
    this.#updateHold()
    return algorithms
  }

  /** Event targets say so when listeners of "abort" come and go. */
  countAbortListeners(change: number): void {
    this.#abortListeners += change
    this.#updateHold()
  }

  follow(source: SignalState): void {
    this.sources ??= []
    if (ArrayPrototypeIndexOf(this.sources, source) >= 0) return
    ArrayPrototypePush(this.sources, source)
    source.#addDependent(this)
  }

  #addDependent(dependent: SignalState): void {
    this.dependents ??= []
    ArrayPrototypePush(this.dependents, new WeakRefConstructor(dependent))
    if (this.dependents.length < this.#sweepAt) return
    // Whenever the list has doubled: the dead cost each addition a constant.
    const alive: WeakRef<SignalState>[] = []
    for (let i = 0; i < this.dependents.length; i++) {
      const ref = this.dependents[i] as WeakRef<SignalState>
      if (WeakRefPrototypeDeref(ref) !== undefined) ArrayPrototypePush(alive, ref)
    }
    this.dependents = alive
    this.#sweepAt = alive.length * 2 + 16
  }

  /** https://dom.spec.whatwg.org/#abort-signal-garbage-collection */
  #updateHold(): void {
    const { sources } = this
    if (sources === undefined) return
    const wanted = !this.aborted && (this.#abortListeners > 0 || (this.algorithms?.length ?? 0) > 0)
    for (let i = 0; i < sources.length; i++) {
      const source = sources[i] as SignalState
      if (wanted) {
        source.#held ??= new SetConstructor()
        SetPrototypeAdd(source.#held, this)
      } else if (source.#held !== undefined) {
        SetPrototypeDelete(source.#held, this)
      }
    }
  }
}

class Branded extends Identity {
  readonly #state: SignalState

  constructor(signal: object) {
    super(signal)
    this.#state = new SignalState(signal)
  }

  static stateOf(value: unknown): SignalState | undefined {
    return typeof value === 'object' && value !== null && #state in value ? (value as Branded).#state : undefined
  }
}

/** Makes the object an AbortSignal. */
export function makeSignal(object: object): void {
  // oxlint-disable-next-line no-new -- what it returns is the object itself
  new Branded(object)
}

/** The state of an AbortSignal; undefined for anything else. */
export const { stateOf: signalStateOf } = Branded
