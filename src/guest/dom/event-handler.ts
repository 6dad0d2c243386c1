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
import { appendListener, type EventTarget, hasListeners, type Listener, removeListener } from './event-target.ts'

interface Handler {
  value: object
  /** It keeps its place among the listeners while the handler changes. */
  readonly listener: Listener
}

/** @param name - of the attribute: "on" and the type of the event */
export function defineEventHandler(prototype: EventTarget, name: string): void {
  const type = StringPrototypeSlice(name, 2)
  const handlers = new WeakMapConstructor<EventTarget, Handler | null>()
  const accessors = {
    get(this: EventTarget): object | null {
      // Throws where `this` is no EventTarget.
      hasListeners(this, type)
      return WeakMapPrototypeGet(handlers, this)?.value ?? null
    },
    set(this: EventTarget, value: unknown): void {
      hasListeners(this, type)
      const current = WeakMapPrototypeGet(handlers, this)
      if (!isObject(value)) {
        if (current === undefined || current === null) return
        removeListener(this, current.listener)
        WeakMapPrototypeSet(handlers, this, null)
      } else if (current === undefined || current === null) {
        const handler: Handler = { value, listener: listenerFor(type, () => handler.value) }
        WeakMapPrototypeSet(handlers, this, handler)
        appendListener(this, handler.listener)
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

function listenerFor(type: string, read: () => object): Listener {
  const callback = function (this: unknown, event: Event): void {
    const value = read()
    // Objects that are no functions are kept, and do nothing.
    if (typeof value !== 'function') return
    const state = eventStateOf(event)
    if (ReflectApply(value as () => unknown, this, [event]) === false && state !== undefined) cancelEvent(state)
  }
  return { type, callback, capture: false, once: false, passive: false, removed: false }
}
