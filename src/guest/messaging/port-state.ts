// What a MessagePort is apart from its object, which a transfer replaces by another.
// https://html.spec.whatwg.org/multipage/web-messaging.html#message-ports
//
// Nothing on the host belongs to a port, and nothing waits for one: only a message on its way takes a turn, of the task
// that sent it.
import { Event } from '../dom/event.ts'
import { dispatchTrusted, type EventTarget } from '../dom/event-target.ts'
import { MessageEvent } from '../dom/event-types.ts'
import { queueTurn } from '../runtime/turns.ts'
import { iterableOf } from '../webidl/sequence.ts'

export interface Message {
  readonly data: unknown
  /** The ports that were transferred with it. */
  readonly ports: readonly object[]
  next: Message | undefined
}

export class PortState {
  /** The port at the other end; undefined once either was closed. */
  #entangled: PortState | undefined
  /** The object that is the port at present. */
  #object: EventTarget
  /** Messages arrive; before, they wait. */
  #enabled = false
  #first: Message | undefined
  #last: Message | undefined
  isClosed = false

  constructor(object: EventTarget) {
    this.#object = object
  }

  entangle(other: PortState): void {
    this.#entangled = other
    other.#entangled = this
  }

  get entangled(): PortState | undefined {
    return this.#entangled
  }

  /** Another object is the port from now on, and has to start it anew. */
  moveTo(object: EventTarget): void {
    this.#object = object
    this.#enabled = false
  }

  /** For the other end. */
  post(message: Message): void {
    const target = this.#entangled
    if (target === undefined) return
    if (target.#last === undefined) target.#first = message
    else target.#last.next = message
    target.#last = message
    if (target.#enabled) target.#queueMessage()
  }

  start(): void {
    if (this.#enabled) return
    this.#enabled = true
    for (let message = this.#first; message !== undefined; message = message.next) this.#queueMessage()
  }

  /** What is on its way to it still arrives. */
  close(): void {
    this.isClosed = true
    const other = this.#entangled
    if (other === undefined) return
    this.#entangled = undefined
    other.#entangled = undefined
    queueTurn(() => void dispatchTrusted(other.#object, new Event('close')))
  }

  #queueMessage(): void {
    queueTurn(() => {
      const message = this.#first
      // It may have been transferred meanwhile, and what waits goes to another object.
      if (!this.#enabled || message === undefined) return
      this.#first = message.next
      if (this.#first === undefined) this.#last = undefined
      const init = { __proto__: null, data: message.data, ports: iterableOf(message.ports) }
      dispatchTrusted(this.#object, new MessageEvent('message', init as object))
    })
  }
}
