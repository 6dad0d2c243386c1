// The event "error" on the global object, and its handler `onerror`, which is called unlike any other handler.
// https://html.spec.whatwg.org/multipage/webappapis.html#report-an-exception
import { cancelEvent, type Event, eventStateOf } from '../dom/event.ts'
import {
  appendListener,
  dispatchTrusted,
  globalTarget,
  hasListeners,
  type Listener,
  removeListener,
} from '../dom/event-target.ts'
import { ErrorEvent } from '../dom/event-types.ts'
import { ObjectDefineProperty, ReflectApply } from '../primordials.ts'
import { errorTextOf } from '../runtime/describe-error.ts'
import { isObject } from '../webidl/sequence.ts'

/** Tells listeners; returns whether one of them took care of the error. */
export function announceError(error: unknown): boolean {
  if (!hasListeners(globalTarget, 'error')) return false
  const { message, name } = errorTextOf(error)
  const event = new ErrorEvent('error', {
    cancelable: true,
    error,
    message: name === 'Uncaught' ? `Uncaught ${message}` : `Uncaught ${name}: ${message}`,
  })
  return !dispatchTrusted(globalTarget, event)
}

let handler: object | null = null
/** It keeps its place among the listeners while the handler changes. */
let listener: Listener | undefined

export function defineErrorHandler(scope: object): void {
  const accessors = {
    get onerror(): object | null {
      return handler
    },
    set onerror(value: unknown) {
      handler = isObject(value) ? value : null
      if (handler === null) {
        if (listener !== undefined) removeListener(globalTarget, listener)
        listener = undefined
      } else if (listener === undefined) {
        listener = { type: 'error', callback: callHandler, capture: false, once: false, passive: false, removed: false }
        appendListener(globalTarget, listener)
      }
    },
  }
  ObjectDefineProperty(scope, 'onerror', Object.getOwnPropertyDescriptor(accessors, 'onerror') as PropertyDescriptor)
}

/** https://html.spec.whatwg.org/multipage/webappapis.html#the-event-handler-processing-algorithm */
function callHandler(event: Event): void {
  if (typeof handler !== 'function') return
  const state = eventStateOf(event)
  if (!(event instanceof ErrorEvent)) {
    if (ReflectApply(handler as () => unknown, globalThis, [event]) === false && state !== undefined) cancelEvent(state)
    return
  }
  const { colno, error, filename, lineno, message } = event
  const args = [message, filename, lineno, colno, error]
  if (ReflectApply(handler as () => unknown, globalThis, args) === true && state !== undefined) cancelEvent(state)
}
