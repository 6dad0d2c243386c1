// The events that carry something. CustomEvent is the DOM's, the others are HTML's and WebSockets'.
import { ObjectFreeze, TypeErrorConstructor } from '../primordials.ts'
import {
  requireArguments,
  toDictionary,
  toDOMString,
  toUnsignedLong,
  toUnsignedShort,
  toUSVString,
} from '../webidl/convert.ts'
import { defineInterface } from '../webidl/interface.ts'
import { isObject, toSequence } from '../webidl/sequence.ts'
import { Event, type EventInit, eventStateOf } from './event.ts'

/** https://dom.spec.whatwg.org/#interface-customevent */
export class CustomEvent extends Event {
  #detail: unknown

  constructor(type: string, init?: EventInit & { detail?: unknown }) {
    requireArguments(arguments.length, 1, 'CustomEvent')
    super(type, init)
    const { detail } = toDictionary(init, 'The options of CustomEvent')
    this.#detail = detail === undefined ? null : detail
  }

  get detail(): unknown {
    return this.#detail
  }

  initCustomEvent(type: string, bubbles: boolean = false, cancelable: boolean = false, detail: unknown = null): void {
    void this.#detail
    requireArguments(arguments.length, 1, 'CustomEvent.initCustomEvent')
    if (eventStateOf(this)?.dispatching === true) return
    this.initEvent(type, bubbles, cancelable)
    this.#detail = detail
  }
}

interface ErrorEventInit extends EventInit {
  message?: string
  filename?: string
  lineno?: number
  colno?: number
  error?: unknown
}

/** https://html.spec.whatwg.org/multipage/webappapis.html#errorevent */
export class ErrorEvent extends Event {
  readonly #colno: number
  readonly #error: unknown
  readonly #filename: string
  readonly #lineno: number
  readonly #message: string

  constructor(type: string, init?: ErrorEventInit) {
    requireArguments(arguments.length, 1, 'ErrorEvent')
    super(type, init)
    const { colno, error, filename, lineno, message } = toDictionary(init, 'The options of ErrorEvent')
    this.#colno = toUnsignedLong(colno ?? 0)
    this.#error = error
    this.#filename = filename === undefined ? '' : toUSVString(filename)
    this.#lineno = toUnsignedLong(lineno ?? 0)
    this.#message = message === undefined ? '' : toDOMString(message)
  }

  get message(): string {
    return this.#message
  }

  get filename(): string {
    return this.#filename
  }

  get lineno(): number {
    return this.#lineno
  }

  get colno(): number {
    return this.#colno
  }

  get error(): unknown {
    return this.#error
  }
}

interface MessageEventInit extends EventInit {
  data?: unknown
  origin?: string
  lastEventId?: string
  source?: object | null
  ports?: Iterable<object>
}

/** https://html.spec.whatwg.org/multipage/comms.html#messageevent */
export class MessageEvent extends Event {
  readonly #data: unknown
  readonly #lastEventId: string
  readonly #origin: string
  readonly #ports: readonly object[]
  readonly #source: object | null

  constructor(type: string, init?: MessageEventInit) {
    requireArguments(arguments.length, 1, 'MessageEvent')
    super(type, init)
    const { data, lastEventId, origin, ports, source } = toDictionary(init, 'The options of MessageEvent')
    this.#data = data === undefined ? null : data
    this.#lastEventId = lastEventId === undefined ? '' : toDOMString(lastEventId)
    this.#origin = origin === undefined ? '' : toUSVString(origin)
    this.#ports = ObjectFreeze(ports === undefined ? [] : toSequence(ports, toObject, 'ports'))
    this.#source = toSource(source)
  }

  get data(): unknown {
    return this.#data
  }

  get origin(): string {
    return this.#origin
  }

  get lastEventId(): string {
    return this.#lastEventId
  }

  get source(): object | null {
    return this.#source
  }

  get ports(): readonly object[] {
    return this.#ports
  }
}

interface PromiseRejectionEventInit extends EventInit {
  promise: object
  reason?: unknown
}

/** https://html.spec.whatwg.org/multipage/webappapis.html#promiserejectionevent */
export class PromiseRejectionEvent extends Event {
  readonly #promise: object
  readonly #reason: unknown

  constructor(type: string, init: PromiseRejectionEventInit) {
    requireArguments(arguments.length, 2, 'PromiseRejectionEvent')
    super(type, init)
    const { promise, reason } = toDictionary(init, 'The options of PromiseRejectionEvent')
    if (!isObject(promise))
      throw new TypeErrorConstructor('PromiseRejectionEvent needs the option "promise", an object.')
    this.#promise = promise
    this.#reason = reason
  }

  get promise(): object {
    return this.#promise
  }

  get reason(): unknown {
    return this.#reason
  }
}

interface CloseEventInit extends EventInit {
  wasClean?: boolean
  code?: number
  reason?: string
}

/** https://websockets.spec.whatwg.org/#the-closeevent-interface */
export class CloseEvent extends Event {
  readonly #code: number
  readonly #reason: string
  readonly #wasClean: boolean

  constructor(type: string, init?: CloseEventInit) {
    requireArguments(arguments.length, 1, 'CloseEvent')
    super(type, init)
    const { code, reason, wasClean } = toDictionary(init, 'The options of CloseEvent')
    this.#code = toUnsignedShort(code ?? 0)
    this.#reason = reason === undefined ? '' : toUSVString(reason)
    this.#wasClean = Boolean(wasClean)
  }

  get wasClean(): boolean {
    return this.#wasClean
  }

  get code(): number {
    return this.#code
  }

  get reason(): string {
    return this.#reason
  }
}

defineInterface(CustomEvent, 'CustomEvent', { constructor: 1, initCustomEvent: 1 })
defineInterface(ErrorEvent, 'ErrorEvent', { constructor: 1 })
defineInterface(MessageEvent, 'MessageEvent', { constructor: 1 })
defineInterface(PromiseRejectionEvent, 'PromiseRejectionEvent')
defineInterface(CloseEvent, 'CloseEvent', { constructor: 1 })

function toSource(value: unknown): object | null {
  return value === undefined || value === null ? null : toObject(value)
}

function toObject(value: unknown): object {
  if (!isObject(value)) throw new TypeErrorConstructor('The source and the ports of a message must be objects.')
  return value
}
