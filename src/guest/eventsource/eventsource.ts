// https://html.spec.whatwg.org/multipage/server-sent-events.html#the-eventsource-interface, over the guest's own fetch. It
// lives as long as the task that made it.
import { OP } from '../../bridge/ops.ts'
import { type AbortSignal, createAbortSignal, signalAbort } from '../dom/abort.ts'
import { DOMException } from '../dom/dom-exception.ts'
import { Event } from '../dom/event.ts'
import { defineEventHandler } from '../dom/event-handler.ts'
import { dispatchTrusted, EventTarget } from '../dom/event-target.ts'
import { MessageEvent } from '../dom/event-types.ts'
import { utf8Encode } from '../encoding/utf8.ts'
import { isHostSource } from '../fetch/body-content.ts'
import { fetch } from '../fetch/fetch.ts'
import { headerListOf } from '../fetch/headers.ts'
import { type ResponseState, responseStateOf } from '../fetch/response.ts'
import {
  PromisePrototypeThen,
  StringFromCharCode,
  StringPrototypeIndexOf,
  StringPrototypeSlice,
  StringPrototypeToLowerCase,
  StringPrototypeTrim,
  TypeErrorConstructor,
  Uint8ArrayConstructor,
} from '../primordials.ts'
import { endedError, startOp } from '../runtime/pending-ops.ts'
import { currentTask, type TaskScope } from '../runtime/task-scope.ts'
import { startTimer } from '../timers/timers.ts'
import { parseUrl } from '../url/parse.ts'
import { requireArguments, toDictionary, toUSVString } from '../webidl/convert.ts'
import { defineConstants, defineInterface } from '../webidl/interface.ts'
import { EventStreamParser } from './event-stream.ts'

type Handler = ((this: EventSource, event: Event) => unknown) | null

interface EventSourceInit {
  withCredentials?: boolean
}

const STATES = { CONNECTING: 0, OPEN: 1, CLOSED: 2 } as const
const { CLOSED, CONNECTING, OPEN } = STATES
const RECONNECT_MS = 3000

export class EventSource extends EventTarget {
  declare onopen: Handler
  declare onmessage: Handler
  declare onerror: Handler

  readonly #url: string
  readonly #withCredentials: boolean
  readonly #task: TaskScope
  #readyState: number = CONNECTING
  #reconnectMs = RECONNECT_MS
  #lastEventId = ''
  #signal: AbortSignal | undefined

  constructor(url: string | URL, init?: EventSourceInit) {
    super()
    requireArguments(arguments.length, 1, 'EventSource')
    const text = toUSVString(url)
    const { withCredentials } = toDictionary(init, 'The options of EventSource')
    const record = parseUrl(text)
    if (record === undefined) throw new DOMException('The URL of the EventSource is not valid.', 'SyntaxError')
    if (currentTask === undefined || currentTask.ended) throw endedError(currentTask)
    this.#url = record.href
    this.#withCredentials = Boolean(withCredentials)
    this.#task = currentTask
    this.#connect()
  }

  get url(): string {
    return this.#url
  }

  /** There is no store of credentials: what is sent is what the URL says. */
  get withCredentials(): boolean {
    return this.#withCredentials
  }

  get readyState(): number {
    return this.#readyState
  }

  close(): void {
    this.#readyState = CLOSED
    const signal = this.#signal
    this.#signal = undefined
    if (signal !== undefined) signalAbort(signal)
  }

  #connect(): void {
    const signal = createAbortSignal()
    this.#signal = signal
    const headers = { __proto__: null, accept: 'text/event-stream', 'cache-control': 'no-cache' } as unknown as Record<
      string,
      string
    >
    if (this.#lastEventId !== '') headers['last-event-id'] = toByteText(this.#lastEventId)
    const init = { __proto__: null, headers, signal } as unknown as { headers: Record<string, string> }
    PromisePrototypeThen(
      fetch(this.#url, init),
      (response) => this.#receive(responseStateOf(response) as ResponseState),
      (error) => this.#failed(error),
    )
  }

  #receive(state: ResponseState): void {
    if (this.#isOver) return
    const type = state.headers === undefined ? null : headerListOf(state.headers).get('content-type')
    if (state.status !== 200 || !isEventStream(type)) return this.#fail()
    this.#readyState = OPEN
    dispatchTrusted(this, new Event('open'))
    const parser = new EventStreamParser(
      {
        event: ({ data, type: name }) =>
          this.#dispatch(name, data, { lastEventId: parser.lastEventId, url: state.url }),
        retryAfter: (milliseconds) => (this.#reconnectMs = milliseconds),
      },
      this.#lastEventId,
    )
    PromisePrototypeThen(
      this.#read(state, parser),
      () => {
        this.#lastEventId = parser.lastEventId
        this.#reestablish()
      },
      (error) => {
        this.#lastEventId = parser.lastEventId
        this.#failed(error)
      },
    )
  }

  async #read({ body }: ResponseState, parser: EventStreamParser): Promise<void> {
    const content = body?.content
    if (content === undefined) return
    if (!isHostSource(content)) {
      parser.push(typeof content === 'string' ? utf8Encode(content) : content)
      return
    }
    for (;;) {
      const chunk = await startOp(OP.readChunk, content.source)
      if (chunk === undefined || this.#isOver) return
      parser.push(new Uint8ArrayConstructor(chunk as ArrayBuffer))
    }
  }

  #dispatch(type: string, data: string, { lastEventId, url }: { lastEventId: string; url: string }): void {
    if (this.#isOver) return
    const init = { __proto__: null, data, lastEventId, origin: originOf(url) } as { data: unknown; origin: string }
    dispatchTrusted(this, new MessageEvent(type, init))
  }

  /** A network that fails may work the next time; a limit, or an address that may not be reached, stays what it is. */
  #failed(error: unknown): void {
    if (error instanceof TypeErrorConstructor) this.#reestablish()
    else this.#fail()
  }

  #fail(): void {
    if (this.#isOver) return
    this.close()
    dispatchTrusted(this, new Event('error'))
  }

  #reestablish(): void {
    if (this.#isOver) return
    this.#readyState = CONNECTING
    dispatchTrusted(this, new Event('error'))
    if (this.#isOver) return
    try {
      startTimer(this.#reconnectMs, () => {
        if (!this.#isOver) this.#connect()
      })
    } catch {
      // It has no more operations.
      this.#fail()
    }
  }

  get #isOver(): boolean {
    if (this.#task.ended) this.#readyState = CLOSED
    return this.#readyState === CLOSED
  }
}

for (const name of ['onopen', 'onmessage', 'onerror'] as const) defineEventHandler(EventSource.prototype, name)
defineConstants(EventSource, STATES)
defineInterface(EventSource, 'EventSource', { constructor: 1 })

function isEventStream(type: string | null): boolean {
  if (type === null) return false
  const end = StringPrototypeIndexOf(type, ';')
  const essence = end < 0 ? type : StringPrototypeSlice(type, 0, end)
  return StringPrototypeToLowerCase(StringPrototypeTrim(essence)) === 'text/event-stream'
}

function originOf(url: string): string {
  const record = parseUrl(url)
  return record === undefined ? '' : StringPrototypeSlice(record.href, 0, record.pathStart)
}

/** UTF-8, a character for each byte. */
function toByteText(text: string): string {
  const bytes = utf8Encode(text)
  let byteText = ''
  for (let i = 0; i < bytes.length; i++) byteText += StringFromCharCode(bytes[i] as number)
  return byteText
}
