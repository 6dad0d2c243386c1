// https://dom.spec.whatwg.org/#aborting-ongoing-activities
import { ArrayPrototypePush, TypeErrorConstructor, WeakRefPrototypeDeref } from '../primordials.ts'
import { requireArguments, toEnforcedUnsignedLongLong } from '../webidl/convert.ts'
import { defineInterface, illegalConstructor } from '../webidl/interface.ts'
import { toSequence } from '../webidl/sequence.ts'
import { DOMException } from './dom-exception.ts'
import { Event } from './event.ts'
import { defineEventHandler } from './event-handler.ts'
import { dispatchTrusted, EventTarget, hasListeners } from './event-target.ts'
import { makeSignal, type SignalState, signalStateOf } from './signal-state.ts'

let startTimer: (delayMs: number, callback: () => void) => void = () => {}

/** How AbortSignal.timeout() waits. */
export function setTimer(start: (delayMs: number, callback: () => void) => void): void {
  startTimer = start
}

/** No tenant can hold this value, so no tenant can make a signal. */
const CREATE = { __proto__: null }

export class AbortSignal extends EventTarget {
  declare onabort: ((this: AbortSignal, event: Event) => unknown) | null

  constructor(token?: unknown) {
    if (token !== CREATE) illegalConstructor()
    super()
    makeSignal(this)
  }

  static abort(reason?: unknown): AbortSignal {
    const signal = createAbortSignal()
    const state = stateOf(signal)
    state.aborted = true
    state.reason = reason === undefined ? abortError() : reason
    return signal
  }

  static timeout(milliseconds: number): AbortSignal {
    requireArguments(arguments.length, 1, 'AbortSignal.timeout')
    const delayMs = toEnforcedUnsignedLongLong(milliseconds, 'The delay of AbortSignal.timeout')
    const signal = createAbortSignal()
    startTimer(delayMs, () => signalAbort(signal, new DOMException('The operation timed out.', 'TimeoutError')))
    return signal
  }

  static any(signals: Iterable<AbortSignal>): AbortSignal {
    requireArguments(arguments.length, 1, 'AbortSignal.any')
    return abortSignalAny(toSequence(signals, toSignal, 'The argument of AbortSignal.any'))
  }

  get aborted(): boolean {
    return stateOf(this).aborted
  }

  get reason(): unknown {
    return stateOf(this).reason
  }

  throwIfAborted(): void {
    const state = stateOf(this)
    if (state.aborted) throw state.reason
  }
}

defineInterface(AbortSignal, 'AbortSignal', { abort: 0, constructor: 0 })
defineEventHandler(AbortSignal.prototype, 'onabort')

export class AbortController {
  /** Made when somebody asks for it. */
  #signal: AbortSignal | undefined

  get signal(): AbortSignal {
    this.#signal ??= createAbortSignal()
    return this.#signal
  }

  abort(reason?: unknown): void {
    this.#signal ??= createAbortSignal()
    signalAbort(this.#signal, reason)
  }
}

defineInterface(AbortController, 'AbortController', { abort: 0 })

export function createAbortSignal(): AbortSignal {
  return new AbortSignal(CREATE)
}

export function isAbortSignal(value: unknown): value is AbortSignal {
  return signalStateOf(value) !== undefined
}

/** Runs when the signal is aborted, before its listeners; never if it was aborted before. */
export function abortSignalAddAlgorithm(signal: AbortSignal, algorithm: () => void): void {
  const state = stateOf(signal)
  if (!state.aborted) state.addAlgorithm(algorithm)
}

export function abortSignalRemoveAlgorithm(signal: AbortSignal, algorithm: () => void): void {
  stateOf(signal).removeAlgorithm(algorithm)
}

/** https://dom.spec.whatwg.org/#create-a-dependent-abort-signal */
export function abortSignalAny(signals: readonly AbortSignal[]): AbortSignal {
  const result = createAbortSignal()
  const state = stateOf(result)
  for (let i = 0; i < signals.length; i++) {
    const source = stateOf(signals[i] as AbortSignal)
    if (!source.aborted) continue
    state.aborted = true
    state.reason = source.reason
    return result
  }
  state.sources = []
  for (let i = 0; i < signals.length; i++) {
    const source = stateOf(signals[i] as AbortSignal)
    if (source.sources === undefined) state.follow(source)
    else for (let j = 0; j < source.sources.length; j++) state.follow(source.sources[j] as SignalState)
  }
  return result
}

/** https://dom.spec.whatwg.org/#abortsignal-signal-abort */
export function signalAbort(signal: AbortSignal, reason?: unknown): void {
  const state = stateOf(signal)
  if (state.aborted) return
  state.aborted = true
  state.reason = reason === undefined ? abortError() : reason
  // All of them are aborted before anything of the tenant's runs.
  const aborted = [state]
  const dependents = state.dependents ?? []
  for (let i = 0; i < dependents.length; i++) {
    const dependent = WeakRefPrototypeDeref(dependents[i] as WeakRef<SignalState>)
    if (dependent === undefined || dependent.aborted) continue
    dependent.aborted = true
    dependent.reason = state.reason
    ArrayPrototypePush(aborted, dependent)
  }
  state.dependents = undefined
  for (let i = 0; i < aborted.length; i++) runAbortSteps(aborted[i] as SignalState)
}

/** https://dom.spec.whatwg.org/#run-the-abort-steps */
function runAbortSteps(state: SignalState): void {
  const algorithms = state.takeAlgorithms()
  for (let i = 0; i < algorithms.length; i++) (algorithms[i] as () => void)()
  const signal = state.signal as AbortSignal
  if (hasListeners(signal, 'abort')) dispatchTrusted(signal, new Event('abort'))
}

function stateOf(signal: AbortSignal): SignalState {
  const state = signalStateOf(signal)
  if (state === undefined) throw new TypeErrorConstructor('Illegal invocation: this is no AbortSignal.')
  return state
}

function abortError(): DOMException {
  return new DOMException('The operation was aborted.', 'AbortError')
}

function toSignal(value: unknown): AbortSignal {
  if (!isAbortSignal(value)) throw new TypeErrorConstructor('AbortSignal.any takes AbortSignals only.')
  return value
}
