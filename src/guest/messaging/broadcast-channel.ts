// https://html.spec.whatwg.org/multipage/web-messaging.html#broadcasting-to-other-browsing-contexts
// Reaches the other channels of that name in the same instance, and nothing beyond it. A channel that a handler opened is
// closed with its task: forgotten, it would hear what later requests say.
// Few programs use it: reached through a `lazy` accessor only.
import { structuredClone } from '../clone/structured-clone.ts'
import { DOMException } from '../dom/dom-exception.ts'
import type { Event } from '../dom/event.ts'
import { defineEventHandler } from '../dom/event-handler.ts'
import { dispatchTrusted, EventTarget } from '../dom/event-target.ts'
import { MessageEvent } from '../dom/event-types.ts'
import {
  MapConstructor,
  MapPrototypeDelete,
  MapPrototypeGet,
  MapPrototypeSet,
  SetConstructor,
  SetPrototypeAdd,
  SetPrototypeDelete,
  SetPrototypeForEach,
  SetPrototypeGetSize,
} from '../primordials.ts'
import { currentTask } from '../runtime/task-scope.ts'
import { queueTurn } from '../runtime/turns.ts'
import { requireArguments, toDOMString } from '../webidl/convert.ts'
import { defineInterface } from '../webidl/interface.ts'

/** The open ones by name, in the order they were opened. */
const open = new MapConstructor<string, Set<BroadcastChannel>>()

export class BroadcastChannel extends EventTarget {
  declare onmessage: ((this: BroadcastChannel, event: Event) => unknown) | null
  declare onmessageerror: ((this: BroadcastChannel, event: Event) => unknown) | null

  readonly #name: string
  #isClosed = false

  constructor(name: string) {
    requireArguments(arguments.length, 1, 'BroadcastChannel')
    super()
    this.#name = toDOMString(name)
    let channels = MapPrototypeGet(open, this.#name)
    if (channels === undefined) {
      channels = new SetConstructor()
      MapPrototypeSet(open, this.#name, channels)
    }
    SetPrototypeAdd(channels, this)
    if (currentTask?.isLoad === false) currentTask.addCleanup(() => this.#close())
  }

  get name(): string {
    return this.#name
  }

  postMessage(message: unknown): void {
    requireArguments(arguments.length, 1, 'BroadcastChannel.postMessage')
    if (this.#isClosed) throw new DOMException('The BroadcastChannel is closed.', 'InvalidStateError')
    // Also where nobody hears it: what cannot be cloned is an error.
    const data = structuredClone(message)
    const channels = MapPrototypeGet(open, this.#name)
    if (channels === undefined) return
    let isTaken = false
    SetPrototypeForEach(channels, (channel) => {
      if (channel === this) return
      // Each has its own, made now: the sender's getters have run, and receivers share nothing.
      const own = isTaken ? structuredClone(data) : data
      isTaken = true
      queueTurn(() => channel.#receive(own))
    })
  }

  close(): void {
    this.#close()
  }

  #close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    const channels = MapPrototypeGet(open, this.#name)
    if (channels === undefined) return
    SetPrototypeDelete(channels, this)
    if (SetPrototypeGetSize(channels) === 0) MapPrototypeDelete(open, this.#name)
  }

  #receive(data: unknown): void {
    if (this.#isClosed) return
    dispatchTrusted(this, new MessageEvent('message', { __proto__: null, data } as object))
  }
}

defineInterface(BroadcastChannel, 'BroadcastChannel', { constructor: 1, postMessage: 1 })
defineEventHandler(BroadcastChannel.prototype, 'onmessage')
defineEventHandler(BroadcastChannel.prototype, 'onmessageerror')
