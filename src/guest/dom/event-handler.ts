// Event handler IDL attributes, like `onabort`.
// https://html.spec.whatwg.org/multipage/webappapis.html#event-handler-attributes
import {
  ObjectDefineProperty,
  ReflectApply,
  StringPrototypeSlice,
  WeakMapConstructor,
  WeakMapPrototypeGet,
  WeakMapPrototypeSet,
} from '../primordials.ts'
import { isObject } from '../webidl/sequence.ts'
import { cancelEvent, type Event, eventStateOf } from './event.ts'
import {
  appendListener,
  type EventTarget,
  hasListeners,
  type Listener,
  removeListener,
  targetOf,
} from './event-target.ts'
import { ErrorEvent } from './event-types.ts'

interface Handler {
  value: object
  /** It keeps its place among the listeners while the handler changes. */
  readonly listener: Listener
}

/** What a handler is given: the event, or, for `onerror` of the global object, what the event says. */
type HandlerKind = 'event' | 'error'

/** @param name - of the attribute: "on" and the type of the event */
export function defineEventHandler(prototype: object, name: string, kind: HandlerKind = 'event'): void {
  const type = StringPrototypeSlice(name, 2)
  const handlers = new WeakMapConstructor<EventTarget, Handler | null>()
  const accessors = {
    get(this: EventTarget): object | null {
      const target = targetOf(this)
      // Throws for what is no EventTarget.
      hasListeners(target, type)
      return WeakMapPrototypeGet(handlers, target)?.value ?? null
    },
    set(this: EventTarget, value: unknown): void {
      const target = targetOf(this)
      hasListeners(target, type)
      const current = WeakMapPrototypeGet(handlers, target)
      if (!isObject(value)) {
        if (current === undefined || current === null) return
        removeListener(target, current.listener)
        WeakMapPrototypeSet(handlers, target, null)
      } else if (current === undefined || current === null) {
        const handler: Handler = { value, listener: listenerFor(type, kind, () => handler.value) }
        WeakMapPrototypeSet(handlers, target, handler)
        appendListener(target, handler.listener)
      } else {
        current.value = value
      }
    },
  }
  ObjectDefineProperty(accessors.get, 'name', { value: `get ${name}` })
  ObjectDefineProperty(accessors.set, 'name', { value: `set ${name}` })
  ObjectDefineProperty(prototype, name, {
    // oxlint-disable-next-line typescript/unbound-method -- accessors get their `this` when they are called
    get: accessors.get,
    set: accessors.set,
    enumerable: true,
    configurable: true,
  })
}

/** https://html.spec.whatwg.org/multipage/webappapis.html#the-event-handler-processing-algorithm */
function listenerFor(type: string, kind: HandlerKind, read: () => object): Listener {
  const callback = function (this: unknown, event: Event): void {
    const value = read()
    // Objects that are no functions are kept, and do nothing.
    if (typeof value !== 'function') return
    const state = eventStateOf(event)
    const details = kind === 'error' ? errorDetailsOf(event) : undefined
    const result: unknown = ReflectApply(value as () => unknown, this, details ?? [event])
    if (result === (details !== undefined) && state !== undefined) cancelEvent(state)
  }
  return { type, callback, capture: false, once: false, passive: false, removed: false }
}

/** Undefined for an event that is no ErrorEvent. */
function errorDetailsOf(event: Event): unknown[] | undefined {
  if (!(event instanceof ErrorEvent)) return undefined
  return [event.message, event.filename, event.lineno, event.colno, event.error]
}
