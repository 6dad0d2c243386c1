// https://dom.spec.whatwg.org/#interface-eventtarget, for targets that have no parents.
import { copyList, removeAt } from '../list.ts'
import {
  ArrayPrototypeIndexOf,
  ArrayPrototypePush,
  MapConstructor,
  MapPrototypeDelete,
  MapPrototypeGet,
  MapPrototypeSet,
  ObjectFreeze,
  ReflectApply,
  ReflectDeleteProperty,
  TypeErrorConstructor,
} from '../primordials.ts'
import { requireArguments, toDOMString } from '../webidl/convert.ts'
import { defineInterface } from '../webidl/interface.ts'
import { isObject } from '../webidl/sequence.ts'
import { DOMException } from './dom-exception.ts'
import { AT_TARGET, type Event, type EventState, eventStateOf, NONE } from './event.ts'
import { signalStateOf } from './signal-state.ts'

type ListenerFunction = (this: unknown, event: Event) => unknown
export type EventListener = ListenerFunction | { handleEvent(event: Event): unknown }

export interface Listener {
  readonly type: string
  readonly callback: EventListener
  readonly capture: boolean
  readonly once: boolean
  readonly passive: boolean
  /** A dispatch under way goes through a copy of the list. */
  removed: boolean
}

interface ListenerOptions {
  capture?: boolean
  once?: boolean
  passive?: boolean
  signal?: object
}

let reportException: (error: unknown) => void = () => {}

/** Where exceptions of listeners go; they never reach who dispatches. */
export function setReportException(report: (error: unknown) => void): void {
  reportException = report
}

export class EventTarget {
  /** By type; most targets never have a listener. */
  #listeners: Map<string, Listener[]> | undefined

  addEventListener(type: string, callback: EventListener | null, options?: boolean | ListenerOptions): void {
    void this.#listeners
    requireArguments(arguments.length, 2, 'EventTarget.addEventListener')
    const name = toDOMString(type)
    const listener = toCallback(callback)
    const { capture, once, passive, signal } = toOptions(options)
    const state = signal === undefined ? undefined : signalStateOf(signal)
    if (signal !== undefined && state === undefined) {
      throw new TypeErrorConstructor('The option "signal" must be an AbortSignal.')
    }
    if (listener === null || state?.aborted === true) return
    if (find(this, name, listener, Boolean(capture)) !== undefined) return
    const entry: Listener = {
      type: name,
      callback: listener,
      capture: Boolean(capture),
      once: Boolean(once),
      passive: Boolean(passive),
      removed: false,
    }
    appendListener(this, entry)
    if (state !== undefined) state.addAlgorithm(() => removeListener(this, entry))
  }

  removeEventListener(type: string, callback: EventListener | null, options?: boolean | ListenerOptions): void {
    void this.#listeners
    requireArguments(arguments.length, 2, 'EventTarget.removeEventListener')
    const name = toDOMString(type)
    const listener = toCallback(callback)
    const capture = Boolean(toOptions(options).capture)
    if (listener === null) return
    const entry = find(this, name, listener, capture)
    if (entry !== undefined) removeListener(this, entry)
  }

  dispatchEvent(event: Event): boolean {
    void this.#listeners
    requireArguments(arguments.length, 1, 'EventTarget.dispatchEvent')
    const state = eventStateOf(event)
    if (state === undefined) throw new TypeErrorConstructor('dispatchEvent needs an Event.')
    if (state.dispatching) throw new DOMException('The event is already being dispatched.', 'InvalidStateError')
    state.trusted = false
    return dispatch(this, event, state)
  }

  static listenersOf(target: EventTarget, type: string): Listener[] | undefined {
    return target.#listeners === undefined ? undefined : MapPrototypeGet(target.#listeners, type)
  }

  static find(target: EventTarget, type: string, callback: EventListener, capture: boolean): Listener | undefined {
    const listeners = listenersOf(target, type)
    if (listeners === undefined) return undefined
    for (let i = 0; i < listeners.length; i++) {
      const entry = listeners[i] as Listener
      if (entry.callback === callback && entry.capture === capture) return entry
    }
    return undefined
  }

  static append(target: EventTarget, entry: Listener): void {
    target.#listeners ??= new MapConstructor()
    const listeners = MapPrototypeGet(target.#listeners, entry.type)
    if (listeners === undefined) MapPrototypeSet(target.#listeners, entry.type, [entry])
    else ArrayPrototypePush(listeners, entry)
    if (entry.type === 'abort') signalStateOf(target)?.countAbortListeners(1)
  }

  static remove(target: EventTarget, entry: Listener): void {
    const listeners = listenersOf(target, entry.type)
    if (listeners === undefined || target.#listeners === undefined || entry.removed) return
    entry.removed = true
    removeAt(listeners, ArrayPrototypeIndexOf(listeners, entry))
    if (listeners.length === 0) MapPrototypeDelete(target.#listeners, entry.type)
    if (entry.type === 'abort') signalStateOf(target)?.countAbortListeners(-1)
  }
}

// Statics of the guest, not of the platform.
const { find, listenersOf } = EventTarget
export const { append: appendListener, remove: removeListener } = EventTarget
ReflectDeleteProperty(EventTarget, 'append')
ReflectDeleteProperty(EventTarget, 'find')
ReflectDeleteProperty(EventTarget, 'listenersOf')
ReflectDeleteProperty(EventTarget, 'remove')
defineInterface(EventTarget, 'EventTarget', { addEventListener: 2, removeEventListener: 2 })

/** Stands for the global object, which is an EventTarget, and which V8 has made. */
export const globalTarget: EventTarget = new EventTarget()

/** Whether an event of the type would reach anybody. Throws for what is no EventTarget. */
export function hasListeners(target: EventTarget, type: string): boolean {
  return listenersOf(target, type) !== undefined
}

/** Dispatches an event of the platform itself. */
export function dispatchTrusted(target: EventTarget, event: Event): boolean {
  const state = eventStateOf(event)
  if (state === undefined) throw new TypeErrorConstructor('dispatchTrusted needs an Event.')
  state.trusted = true
  return dispatch(target, event, state)
}

/** https://dom.spec.whatwg.org/#concept-event-dispatch */
function dispatch(target: EventTarget, event: Event, state: EventState): boolean {
  const shown = target === globalTarget ? globalThis : target
  state.dispatching = true
  state.target = shown
  const listeners = listenersOf(target, state.type)
  if (listeners !== undefined && !state.propagationStopped) {
    state.currentTarget = shown
    state.phase = AT_TARGET
    const invoked = copyList(listeners)
    // Capturing listeners come first, and may keep the event from the others.
    const invocation = { target, event, state }
    invoke(invoked, invocation, 'capturing')
    if (!state.propagationStopped) invoke(invoked, invocation, 'bubbling')
  }
  state.phase = NONE
  state.currentTarget = null
  state.dispatching = false
  state.propagationStopped = false
  state.immediatelyStopped = false
  return !state.canceled
}

/** https://dom.spec.whatwg.org/#concept-event-listener-inner-invoke */
function invoke(
  listeners: Listener[],
  { event, state, target }: { event: Event; state: EventState; target: EventTarget },
  phase: 'capturing' | 'bubbling',
): void {
  for (let i = 0; i < listeners.length; i++) {
    const entry = listeners[i] as Listener
    if (entry.removed || entry.capture !== (phase === 'capturing')) continue
    if (entry.once) removeListener(target, entry)
    state.inPassiveListener = entry.passive
    try {
      call(entry.callback, state.currentTarget, event)
    } catch (error) {
      reportException(error)
    }
    state.inPassiveListener = false
    if (state.immediatelyStopped) return
  }
}

function call(callback: EventListener, target: unknown, event: Event): void {
  if (typeof callback === 'function') {
    ReflectApply(callback, target, [event])
    return
  }
  const { handleEvent } = callback
  if (typeof handleEvent !== 'function') throw new TypeErrorConstructor('The listener has no handleEvent method.')
  ReflectApply(handleEvent, callback, [event])
}

function toCallback(value: unknown): EventListener | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'function' || typeof value === 'object') return value as EventListener
  throw new TypeErrorConstructor('A listener must be a function or an object.')
}

function toOptions(options: boolean | ListenerOptions | undefined): ListenerOptions {
  if (isObject(options)) return options
  return options ? CAPTURE : NO_OPTIONS
}

// Without a prototype, or a patched Object.prototype would supply members.
const NO_OPTIONS = ObjectFreeze({ __proto__: null }) as ListenerOptions
const CAPTURE = ObjectFreeze({ __proto__: null, capture: true }) as ListenerOptions
