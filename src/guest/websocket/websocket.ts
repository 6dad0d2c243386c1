// https://websockets.spec.whatwg.org/#the-websocket-interface, with `accept()` and `WebSocketPair` as other platforms for
// workers have them.
import type { Event } from '../dom/event.ts'
import type { URL } from '../url/url.ts'
import { DOMException } from '../dom/dom-exception.ts'
import { EventTarget } from '../dom/event-target.ts'
import { defineEventHandler } from '../dom/event-handler.ts'
import { utf8Encode } from '../encoding/utf8.ts'
import { blobBytes, isBlob } from '../file/blob.ts'
import {
  ArrayPrototypeJoin,
  ArrayPrototypePush,
  MathMax,
  MathMin,
  NumberIsNaN,
  ObjectDefineProperty,
  ReflectDeleteProperty,
  RegExpPrototypeTest,
  StringPrototypeSlice,
  StringPrototypeToLowerCase,
  SymbolIterator,
  TypedArrayPrototypeGetLength,
  Uint8ArrayConstructor,
} from '../primordials.ts'
import { currentTask, type TaskScope } from '../runtime/task-scope.ts'
import { endedError } from '../runtime/pending-ops.ts'
import { parseUrl } from '../url/parse.ts'
import { type UrlRecord } from '../url/url-record.ts'
import { bytesOf, isBufferSource } from '../webidl/buffer-source.ts'
import { requireArguments, toDOMString, toUSVString } from '../webidl/convert.ts'
import { defineConstants, defineInterface } from '../webidl/interface.ts'
import { isObject, toSequence } from '../webidl/sequence.ts'
import { setGivenSocketOf } from './registry.ts'
import { connectSocket, NO_CODE, SocketCore, type SocketData, STATES } from './socket-core.ts'

type Handler = ((this: WebSocket, event: Event) => unknown) | null

/** In place of a URL, for one that is not a client. No tenant can hold it. */
const HELD = { __proto__: null }
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const MAX_REASON_BYTES = 123

export class WebSocket extends EventTarget {
  declare onopen: Handler
  declare onmessage: Handler
  declare onerror: Handler
  declare onclose: Handler

  readonly #core: SocketCore

  constructor(url: string | URL, protocols?: string | Iterable<string>) {
    super()
    if ((url as unknown) === HELD) {
      this.#core = new SocketCore(this, 'held')
      return
    }
    requireArguments(arguments.length, 1, 'WebSocket')
    const text = toUSVString(url)
    const names = toProtocols(protocols)
    const record = parseSocketUrl(text)
    assertProtocols(names)
    if (currentTask === undefined || currentTask.ended) throw endedError(currentTask)
    this.#core = new SocketCore(this, 'client')
    this.#core.url = record.href
    this.#core.origin = StringPrototypeSlice(record.href, 0, record.pathStart)
    connectSocket(this.#core, record.href, ArrayPrototypeJoin(names, '\n'))
  }

  get url(): string {
    return this.#core.url
  }

  get readyState(): number {
    return this.#core.readyState
  }

  get bufferedAmount(): number {
    return this.#core.bufferedAmount
  }

  get extensions(): string {
    void this.#core
    return ''
  }

  get protocol(): string {
    return this.#core.protocol
  }

  close(code?: number, reason?: string): void {
    const core = this.#core
    const number = code === undefined ? undefined : toClampedShort(code)
    const text = reason === undefined ? '' : toUSVString(reason)
    if (number !== undefined && !mayClose(number, core.role === 'client')) {
      throw new DOMException(`${number} is not a code a program may close with.`, 'InvalidAccessError')
    }
    if (TypedArrayPrototypeGetLength(utf8Encode(text)) > MAX_REASON_BYTES) {
      throw new DOMException(`The reason has more than ${MAX_REASON_BYTES} bytes.`, 'SyntaxError')
    }
    core.close(number ?? (reason === undefined ? NO_CODE : 1000), text)
  }

  get binaryType(): 'blob' | 'arraybuffer' {
    return this.#core.binaryType
  }

  set binaryType(value: 'blob' | 'arraybuffer') {
    const core = this.#core
    const type = toDOMString(value)
    // Values that do not belong to the enumeration change nothing.
    if (type === 'blob' || type === 'arraybuffer') core.binaryType = type
  }

  send(data: unknown): void {
    const core = this.#core
    requireArguments(arguments.length, 1, 'WebSocket.send')
    core.send(toData(data))
  }

  /** Begins to take messages. Of a socket of a pair, or one that `fetch` has opened. */
  accept(): void {
    this.#core.accept()
  }

  static coreOf(value: unknown): SocketCore | undefined {
    return isObject(value) && #core in value ? value.#core : undefined
  }
}

const { coreOf } = WebSocket
ReflectDeleteProperty(WebSocket, 'coreOf')
setGivenSocketOf(coreOf)

for (const name of ['onopen', 'onerror', 'onclose', 'onmessage'] as const) defineEventHandler(WebSocket.prototype, name)
defineConstants(WebSocket, STATES)
defineInterface(WebSocket, 'WebSocket', { constructor: 1, close: 0 })

/** Two sockets that are each other's other end: `0` for the client of a response, `1` for the worker. */
export class WebSocketPair {
  declare readonly 0: WebSocket
  declare readonly 1: WebSocket

  constructor() {
    const client = heldSocket()
    const server = heldSocket()
    SocketCore.pair(coreOf(client) as SocketCore, coreOf(server) as SocketCore)
    const property = { configurable: true, enumerable: true, writable: true }
    ObjectDefineProperty(this, 0, { __proto__: null, ...property, value: client } as PropertyDescriptor)
    ObjectDefineProperty(this, 1, { __proto__: null, ...property, value: server } as PropertyDescriptor)
  }
}

defineInterface(WebSocketPair, 'WebSocketPair')

/** The socket of a fetch that was answered with one. */
export function fetchedSocket(
  id: number,
  { protocol, task }: { readonly protocol: string; readonly task: TaskScope | undefined },
): WebSocket {
  const socket = heldSocket()
  const core = coreOf(socket) as SocketCore
  core.protocol = protocol
  core.connect(id, task)
  return socket
}

function heldSocket(): WebSocket {
  return new WebSocket(HELD as unknown as string)
}

/** https://websockets.spec.whatwg.org/#dom-websocket-websocket */
function parseSocketUrl(text: string): UrlRecord {
  let record = parseUrl(text)
  if (record === undefined) throw syntaxError('The URL of the WebSocket is not valid.')
  const protocol = StringPrototypeSlice(record.href, 0, record.protocolEnd)
  if (protocol === 'http:' || protocol === 'https:') {
    // The host and the port are the same, as both schemes have the same default.
    record = parseUrl(`ws${StringPrototypeSlice(record.href, 4)}`) as UrlRecord
  } else if (protocol !== 'ws:' && protocol !== 'wss:') {
    throw syntaxError('The URL of a WebSocket must be a ws, wss, http or https URL.')
  }
  if (record.hashStart < record.href.length) throw syntaxError('The URL of a WebSocket must have no fragment.')
  return record
}

function toProtocols(value: unknown): string[] {
  if (value === undefined) return []
  if (isObject(value)) {
    const method: unknown = (value as Record<symbol, unknown>)[SymbolIterator]
    if (method !== undefined && method !== null) return toSequence(value, toDOMString, 'The protocols of a WebSocket')
  }
  return [toDOMString(value)]
}

function assertProtocols(names: readonly string[]): void {
  const seen: string[] = []
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string
    if (!RegExpPrototypeTest(TOKEN, name)) throw syntaxError('The name of a protocol is not valid.')
    const lower = StringPrototypeToLowerCase(name)
    for (let j = 0; j < seen.length; j++) if (seen[j] === lower) throw syntaxError('A protocol is named twice.')
    ArrayPrototypePush(seen, lower)
  }
}

/** Servers have codes of their own. https://www.rfc-editor.org/rfc/rfc6455#section-7.4 */
function mayClose(code: number, isClient: boolean): boolean {
  if (code === 1000 || (code >= 3000 && code <= 4999)) return true
  return !isClient && code > 1000 && code <= 1014 && (code < 1004 || code > 1006)
}

/** `[Clamp] unsigned short`. https://webidl.spec.whatwg.org/#Clamp */
function toClampedShort(value: unknown): number {
  const number = +(value as number)
  if (NumberIsNaN(number)) return 0
  const clamped = MathMin(MathMax(number, 0), 65_535)
  const floor = clamped - (clamped % 1)
  const rest = clamped - floor
  return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor
}

/** Copies: what is sent is what it was. */
function toData(value: unknown): SocketData {
  if (isObject(value)) {
    if (isBlob(value)) return blobBytes(value)
    if (isBufferSource(value)) return new Uint8ArrayConstructor(bytesOf(value))
  }
  return toUSVString(value)
}

function syntaxError(message: string): DOMException {
  return new DOMException(message, 'SyntaxError')
}
