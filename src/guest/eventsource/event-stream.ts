// The event stream format. https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
import { createUtf8Decoder } from '../encoding/utf8-stream-decoder.ts'
import {
  NumberParseInt,
  RegExpPrototypeTest,
  StringPrototypeCharCodeAt,
  StringPrototypeIndexOf,
  StringPrototypeSlice,
} from '../primordials.ts'

export interface StreamedEvent {
  readonly type: string
  readonly data: string
}

export interface EventStreamSink {
  event(event: StreamedEvent): void
  retryAfter(milliseconds: number): void
}

const LF = 0x0a
const CR = 0x0d
const SPACE = 0x20
const DIGITS = /^[0-9]+$/

export class EventStreamParser {
  readonly #sink: EventStreamSink
  readonly #decoder = createUtf8Decoder({ fatal: false, ignoreBOM: false })
  /** The beginning of a line whose end has not come. */
  #rest = ''
  /** A line feed that comes next belongs to the line end before it. */
  #afterCr = false
  #data = ''
  #hasData = false
  #type = ''
  /** Of the last event, dispatched or not. */
  lastEventId: string
  #id: string

  constructor(sink: EventStreamSink, lastEventId: string) {
    this.#sink = sink
    this.lastEventId = lastEventId
    this.#id = lastEventId
  }

  push(bytes: Uint8Array): void {
    const text = this.#decoder.decode(bytes, { stream: true })
    let start = 0
    for (let i = 0; i < text.length; i++) {
      const code = StringPrototypeCharCodeAt(text, i)
      const isSecondHalf = code === LF && this.#afterCr
      this.#afterCr = code === CR
      if (isSecondHalf) start = i + 1
      else if (code === LF || code === CR) {
        this.#line(this.#rest + StringPrototypeSlice(text, start, i))
        this.#rest = ''
        start = i + 1
      }
    }
    this.#rest += StringPrototypeSlice(text, start)
  }

  #line(line: string): void {
    if (line === '') return this.#dispatch()
    const colon = StringPrototypeIndexOf(line, ':')
    if (colon === 0) return
    if (colon < 0) return this.#field(line, '')
    const from = StringPrototypeCharCodeAt(line, colon + 1) === SPACE ? colon + 2 : colon + 1
    this.#field(StringPrototypeSlice(line, 0, colon), StringPrototypeSlice(line, from))
  }

  #field(name: string, value: string): void {
    switch (name) {
      case 'event':
        this.#type = value
        return
      case 'data':
        this.#data += `${value}\n`
        this.#hasData = true
        return
      case 'id':
        if (StringPrototypeIndexOf(value, '\0') < 0) this.#id = value
        return
      case 'retry':
        if (RegExpPrototypeTest(DIGITS, value)) this.#sink.retryAfter(NumberParseInt(value, 10))
    }
  }

  #dispatch(): void {
    const type = this.#type === '' ? 'message' : this.#type
    const data = StringPrototypeSlice(this.#data, 0, this.#data.length - 1)
    const hasData = this.#hasData
    this.#type = ''
    this.#data = ''
    this.#hasData = false
    this.lastEventId = this.#id
    if (hasData) this.#sink.event({ type, data })
  }
}
