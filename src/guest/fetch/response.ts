// https://fetch.spec.whatwg.org/#response-class
import {
  JSONStringify,
  ObjectDefineProperty,
  RangeErrorConstructor,
  ReflectDeleteProperty,
  RegExpPrototypeTest,
  StringPrototypeToWellFormed,
  TypeErrorConstructor,
} from '../primordials.ts'
import type { ReadableStream } from '../streams/lazy.ts'
import { URL } from '../url/url.ts'
import { toByteString } from '../webidl/convert-strings.ts'
import { requireArguments } from '../webidl/convert.ts'
import { defineInterface } from '../webidl/interface.ts'
import { type Body, bodyOfContent } from './body-content.ts'
import { cloneBody, extractBody, isUnusable } from './body.ts'
import { defineBodyMembers } from './body-members.ts'
import { HeaderList } from './header-list.ts'
import { givenSocketOf } from '../websocket/registry.ts'
import type { WebSocket } from '../websocket/websocket.ts'
import { fillHeaders, headerListOf, Headers, type HeadersInit, wrapHeaders } from './headers.ts'

export interface ResponseInit {
  status?: number
  statusText?: string
  headers?: HeadersInit
  /** Not of the platform: with status 101, what the client's connection becomes. */
  webSocket?: unknown
}

type ResponseType = 'default' | 'basic' | 'error' | 'opaqueredirect'

export interface ResponseState {
  status: number
  statusText: string
  /** Made on first use: most responses are built by the guest and read by the host only. */
  headers: Headers | undefined
  /** The only header of a response whose `headers` was never made: the Content-Type of its body. */
  impliedType: string | undefined
  body: Body | undefined
  url: string
  redirected: boolean
  type: ResponseType
  webSocket: WebSocket | undefined
}

const REASON_PHRASE = /^[\t\x20-\x7e\x80-\xff]*$/

export class Response {
  // Defined below, on the prototype.
  declare readonly body: ReadableStream | null
  declare readonly bodyUsed: boolean
  declare arrayBuffer: () => Promise<ArrayBuffer>
  declare blob: () => Promise<unknown>
  declare bytes: () => Promise<Uint8Array>
  declare formData: () => Promise<unknown>
  declare json: () => Promise<unknown>
  declare text: () => Promise<string>

  #state: ResponseState

  constructor(body: unknown = null, init: ResponseInit = EMPTY_INIT) {
    const state: ResponseState = {
      status: 200,
      statusText: '',
      headers: undefined,
      impliedType: undefined,
      body: undefined,
      url: '',
      redirected: false,
      type: 'default',
      webSocket: undefined,
    }
    this.#state = state
    if (typeof body === 'string' && init === EMPTY_INIT) {
      // By far the most frequent call.
      state.body = bodyOfContent(StringPrototypeToWellFormed(body))
      state.impliedType = 'text/plain;charset=UTF-8'
      return
    }
    const extracted = body === null || body === undefined ? undefined : extractBody(body)
    applyInit(state, init)
    if (extracted !== undefined) setBody(state, extracted.body, extracted.type)
  }

  static error(): Response {
    const response = new Response()
    response.#state.status = 0
    response.#state.type = 'error'
    response.#state.headers = wrapHeaders(new HeaderList(), 'immutable')
    return response
  }

  static json(data: unknown, init: ResponseInit = EMPTY_INIT): Response {
    requireArguments(arguments.length, 1, 'Response.json')
    const text = JSONStringify(data)
    if (text === undefined) throw new TypeErrorConstructor('The value is not JSON.')
    const response = new Response()
    applyInit(response.#state, init)
    setBody(response.#state, bodyOfContent(text), 'application/json')
    return response
  }

  static redirect(url: string, status = 302): Response {
    requireArguments(arguments.length, 1, 'Response.redirect')
    const location = new URL(`${url}`).href
    if (status !== 301 && status !== 302 && status !== 303 && status !== 307 && status !== 308) {
      throw new RangeErrorConstructor(`${status} is not the status of a redirect.`)
    }
    const response = new Response()
    const headers = new HeaderList()
    headers.append('location', location)
    response.#state.status = status
    response.#state.headers = wrapHeaders(headers, 'immutable')
    return response
  }

  get type(): ResponseType {
    return this.#state.type
  }

  get url(): string {
    return this.#state.url
  }

  get redirected(): boolean {
    return this.#state.redirected
  }

  get status(): number {
    return this.#state.status
  }

  get ok(): boolean {
    return this.#state.status >= 200 && this.#state.status <= 299
  }

  get statusText(): string {
    return this.#state.statusText
  }

  get headers(): Headers {
    return headersOfState(this.#state)
  }

  /** The WebSocket of a response with status 101; not of the platform. */
  get webSocket(): WebSocket | null {
    return this.#state.webSocket ?? null
  }

  clone(): Response {
    const state = this.#state
    if (state.webSocket !== undefined) {
      throw new TypeErrorConstructor('A response with a WebSocket cannot be cloned.')
    }
    if (state.body !== undefined && isUnusable(state.body)) {
      throw new TypeErrorConstructor('A response whose body was read cannot be cloned.')
    }
    const list = headerListOf(headersOfState(state)).clone()
    return responseFromState({
      ...state,
      headers: wrapHeaders(list, 'mutable'),
      body: state.body === undefined ? undefined : cloneBody(state.body),
    })
  }

  static fromState(state: ResponseState): Response {
    const response = new Response()
    response.#state = state
    return response
  }

  /** The state of a response; undefined for anything else. */
  static stateOf(value: unknown): ResponseState | undefined {
    return typeof value === 'object' && value !== null && #state in value ? value.#state : undefined
  }
}

const EMPTY_INIT: ResponseInit = {}

// Statics of the guest, not of the platform.
export const { fromState: responseFromState, stateOf: responseStateOf } = Response
ReflectDeleteProperty(Response, 'fromState')
ReflectDeleteProperty(Response, 'stateOf')

ObjectDefineProperty(Response, 'length', { value: 0, configurable: true })
defineBodyMembers<Response>(Response.prototype, {
  bodyOf: (response) => stateOrThrow(response).body,
  contentTypeOf: (response) => headerListOf(headersOfState(stateOrThrow(response))).get('content-type'),
})
defineInterface(Response, 'Response')

function stateOrThrow(response: Response): ResponseState {
  const state = responseStateOf(response)
  if (state === undefined) throw new TypeErrorConstructor('Illegal invocation: this is no Response.')
  return state
}

export function headersOfState(state: ResponseState): Headers {
  if (state.headers === undefined) {
    state.headers = new Headers()
    if (state.impliedType !== undefined) headerListOf(state.headers).append('content-type', state.impliedType)
  }
  return state.headers
}

function applyInit(state: ResponseState, init: ResponseInit): void {
  if (init === EMPTY_INIT || init === null) return
  if (typeof init !== 'object' && typeof init !== 'function') {
    throw new TypeErrorConstructor('The second argument of Response must be an object.')
  }
  const { headers, status, statusText, webSocket } = init
  if (webSocket !== undefined && webSocket !== null) applyWebSocket(state, webSocket, status)
  else if (status !== undefined) {
    const code = +status & 0xffff
    if (code < 200 || code > 599) throw new RangeErrorConstructor(`The status ${status} is not from 200 to 599.`)
    state.status = code
  }
  if (statusText !== undefined) {
    const text = toByteString(statusText)
    if (!RegExpPrototypeTest(REASON_PHRASE, text)) throw new TypeErrorConstructor('The statusText is not valid.')
    state.statusText = text
  }
  if (headers !== undefined) {
    state.headers = new Headers()
    fillHeaders(state.headers, headers)
  }
}

function applyWebSocket(state: ResponseState, value: unknown, status: unknown): void {
  if (givenSocketOf(value) === undefined)
    throw new TypeErrorConstructor('The webSocket of a response must be a WebSocket.')
  if (status !== 101) throw new RangeErrorConstructor('A response with a WebSocket must have status 101.')
  state.status = 101
  state.webSocket = value as WebSocket
}

function setBody(state: ResponseState, body: Body, type: string | undefined): void {
  const { status } = state
  if (status === 101 || status === 204 || status === 205 || status === 304) {
    throw new TypeErrorConstructor(`A response with status ${status} cannot have a body.`)
  }
  state.body = body
  if (type === undefined) return
  if (state.headers === undefined) {
    state.impliedType = type
    return
  }
  const list = headerListOf(state.headers)
  if (!list.has('content-type')) list.append('content-type', type)
}
