// The global object as an EventTarget: of the worker's events, and of errors nobody caught.
// https://html.spec.whatwg.org/multipage/workers.html#the-workerglobalscope-common-interface
import { OP } from '../../bridge/ops.ts'
import { defineEventHandler } from '../dom/event-handler.ts'
import { EventTarget, setGlobalTarget } from '../dom/event-target.ts'
import {
  ObjectDefineProperty,
  ObjectSetPrototypeOf,
  SetConstructor,
  SetPrototypeAdd,
  SetPrototypeHas,
  SymbolToStringTag,
} from '../primordials.ts'
import { hostCall } from './host.ts'

/** Stands for the global object. */
export const globalTarget: EventTarget = new EventTarget()

const listened = new SetConstructor<string>()

/** Whether the program ever listened to the event. */
export function everListened(type: string): boolean {
  return SetPrototypeHas(listened, type)
}

export function installGlobalTarget(scope: object): void {
  setGlobalTarget(globalTarget, (type) => {
    if (everListened(type)) return
    SetPrototypeAdd(listened, type)
    // From now on rejections come here before they are logged.
    if (type === 'unhandledrejection') hostCall(OP.listensToRejections, 0)
  })
  const { addEventListener, dispatchEvent, removeEventListener } = EventTarget.prototype
  for (const [name, value] of Object.entries({ addEventListener, dispatchEvent, removeEventListener })) {
    ObjectDefineProperty(scope, name, { value, writable: true, enumerable: true, configurable: true })
  }
  defineEventHandler(scope, 'onerror', 'error')
  defineEventHandler(scope, 'onunhandledrejection')
  defineEventHandler(scope, 'onrejectionhandled')
  const tag = { value: 'WorkerGlobalScope', configurable: true }
  ObjectSetPrototypeOf(scope, ObjectDefineProperty({ __proto__: EventTarget.prototype }, SymbolToStringTag, tag))
}
