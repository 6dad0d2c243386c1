// https://html.spec.whatwg.org/multipage/web-messaging.html#message-channels and #message-ports
// Few programs use it: reached through a `lazy` accessor only.
import { cannotClone } from '../clone/clone-error.ts'
import { addTransfer } from '../clone/transfers.ts'
import { cloneWithTransfer } from '../clone/structured-clone.ts'
import type { Event } from '../dom/event.ts'
import { defineEventHandler } from '../dom/event-handler.ts'
import { EventTarget } from '../dom/event-target.ts'
import {
  ObjectDefineProperty,
  ObjectGetOwnPropertyDescriptor,
  ReflectApply,
  ReflectDeleteProperty,
  SymbolIterator,
} from '../primordials.ts'
import { requireArguments, toDictionary } from '../webidl/convert.ts'
import { defineInterface, illegalConstructor } from '../webidl/interface.ts'
import { isObject } from '../webidl/sequence.ts'
import { PortState } from './port-state.ts'

/** No tenant can hold this value, so no tenant can make a port. */
const CREATE = { __proto__: null }

export class MessagePort extends EventTarget {
  declare onclose: ((this: MessagePort, event: Event) => unknown) | null
  declare onmessage: ((this: MessagePort, event: Event) => unknown) | null
  declare onmessageerror: ((this: MessagePort, event: Event) => unknown) | null

  /** Another one after a transfer, which this object has no part in. */
  #state: PortState

  constructor(token?: unknown) {
    if (token !== CREATE) illegalConstructor()
    super()
    this.#state = new PortState(this)
  }

  postMessage(message: unknown, transferOrOptions?: Iterable<object> | { transfer?: Iterable<object> }): void {
    const state = this.#state
    requireArguments(arguments.length, 1, 'MessagePort.postMessage')
    const { ports, value } = cloneWithTransfer(message, toTransfer(transferOrOptions), this)
    for (let i = 0; i < ports.length; i++) {
      // What a port would get that is itself under way to its other end, nobody can ever take.
      if ((ports[i] as MessagePort).#state === state.entangled) return
    }
    state.post({ data: value, ports, next: undefined })
  }

  start(): void {
    this.#state.start()
  }

  close(): void {
    this.#state.close()
  }

  static make(): MessagePort {
    return new MessagePort(CREATE)
  }

  static entangle(port1: MessagePort, port2: MessagePort): void {
    port1.#state.entangle(port2.#state)
  }

  static isPort(value: unknown): value is MessagePort {
    return isObject(value) && #state in value
  }

  static isClosed(port: MessagePort): boolean {
    return port.#state.isClosed
  }

  /** The port that was `from` is `to` from now on. */
  static move(from: MessagePort, to: MessagePort): void {
    to.#state = from.#state
    to.#state.moveTo(to)
    from.#state = new PortState(from)
    from.#state.isClosed = true
  }
}

// Statics of the guest, not of the platform.
const { entangle, isClosed, isPort, make, move } = MessagePort
ReflectDeleteProperty(MessagePort, 'entangle')
ReflectDeleteProperty(MessagePort, 'isClosed')
ReflectDeleteProperty(MessagePort, 'isPort')
ReflectDeleteProperty(MessagePort, 'make')
ReflectDeleteProperty(MessagePort, 'move')
defineInterface(MessagePort, 'MessagePort', { constructor: 0, postMessage: 1 })
defineEventHandler(MessagePort.prototype, 'onmessage')
defineEventHandler(MessagePort.prototype, 'onmessageerror')
defineEventHandler(MessagePort.prototype, 'onclose')
startWithHandler()

addTransfer({
  isOne: isPort,
  make(port, source) {
    if (port === source || isClosed(port as MessagePort)) throw cannotClone(port)
    return make()
  },
  move: (from, to) => move(from as MessagePort, to as MessagePort),
  isListed: true,
})

export class MessageChannel {
  readonly #port1: MessagePort
  readonly #port2: MessagePort

  constructor() {
    this.#port1 = make()
    this.#port2 = make()
    entangle(this.#port1, this.#port2)
  }

  get port1(): MessagePort {
    return this.#port1
  }

  get port2(): MessagePort {
    return this.#port2
  }
}

defineInterface(MessageChannel, 'MessageChannel')

/** Who sets `onmessage` wants messages; with `addEventListener` they wait for `start()`. */
function startWithHandler(): void {
  const { start } = MessagePort.prototype
  const handler = ObjectGetOwnPropertyDescriptor(MessagePort.prototype, 'onmessage') as PropertyDescriptor
  const setHandler = handler.set as (value: unknown) => void
  const set = function (this: MessagePort, value: unknown): void {
    ReflectApply(setHandler, this, [value])
    ReflectApply(start, this, [])
  }
  ObjectDefineProperty(set, 'name', { value: 'set onmessage' })
  ObjectDefineProperty(MessagePort.prototype, 'onmessage', { ...handler, set })
}

/** A sequence, or options that have one. */
function toTransfer(value: unknown): unknown {
  if (isObject(value) && typeof (value as Record<symbol, unknown>)[SymbolIterator] === 'function') return value
  return toDictionary(value as { transfer?: unknown }, 'The options of MessagePort.postMessage').transfer
}
