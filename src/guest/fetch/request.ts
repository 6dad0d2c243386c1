// https://fetch.spec.whatwg.org/#request-class
import { abortSignalAny, type AbortSignal, createAbortSignal, isAbortSignal } from '../dom/abort.ts'
import {
  ObjectDefineProperty,
  ReflectDeleteProperty,
  RegExpPrototypeTest,
  StringPrototypeToUpperCase,
  TypeErrorConstructor,
} from '../primordials.ts'
import { type ReadableStream, streams } from '../streams/lazy.ts'
import { URL } from '../url/url.ts'
import { toByteString } from '../webidl/convert-strings.ts'
import { requireArguments, toUSVString } from '../webidl/convert.ts'
import { defineInterface } from '../webidl/interface.ts'
import type { Body } from './body-content.ts'
import { cloneBody, extractBody, isUnusable } from './body.ts'
import { defineBodyMembers } from './body-members.ts'
import { streamOf } from './body-stream.ts'
import type { HeaderList } from './header-list.ts'
import { fillHeaders, headerListOf, Headers, type HeadersInit, wrapHeaders } from './headers.ts'

export interface RequestInit {
  method?: string
  headers?: HeadersInit
  body?: unknown
  redirect?: RequestRedirect
  signal?: AbortSignal | null
  referrer?: string
  referrerPolicy?: string
  mode?: string
  credentials?: string
  cache?: string
  integrity?: string
  keepalive?: boolean
  duplex?: string
  priority?: string
  window?: null
}

export type RequestRedirect = 'follow' | 'error' | 'manual'

export interface RequestState {
  method: string
  url: string
  /** A request from outside fetches its headers from the host on first use. */
  headers: Headers | (() => HeaderList)
  body: Body | undefined
  redirect: RequestRedirect
  /** Likewise its signal. */
  signal: AbortSignal | undefined | (() => AbortSignal)
  options: Options
}

/** What the platform keeps and shows, and a server has no use for. */
interface Options {
  readonly referrer: string
  readonly referrerPolicy: string
  readonly mode: string
  readonly credentials: string
  readonly cache: string
  readonly integrity: string
  readonly keepalive: boolean
}

const DEFAULT_OPTIONS: Options = {
  referrer: 'about:client',
  referrerPolicy: '',
  mode: 'cors',
  credentials: 'same-origin',
  cache: 'default',
  integrity: '',
  keepalive: false,
}

/** Of a request that came from outside. */
export const INCOMING_OPTIONS: Options = DEFAULT_OPTIONS

const CHOICES = {
  duplex: ['half'],
  priority: ['high', 'low', 'auto'],
  referrerPolicy: [
    '',
    'no-referrer',
    'no-referrer-when-downgrade',
    'same-origin',
    'origin',
    'strict-origin',
    'origin-when-cross-origin',
    'strict-origin-when-cross-origin',
    'unsafe-url',
  ],
  redirect: ['follow', 'error', 'manual'],
  mode: ['navigate', 'same-origin', 'no-cors', 'cors'],
  credentials: ['omit', 'same-origin', 'include'],
  cache: ['default', 'no-store', 'reload', 'no-cache', 'force-cache', 'only-if-cached'],
} as const

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const FORBIDDEN_METHOD = /^(?:connect|trace|track)$/i
/** Those that a request without CORS may have. */
const SIMPLE_METHOD = /^(?:get|head|post)$/i
const NORMALIZED_METHOD = /^(?:delete|get|head|options|post|put)$/i

export class Request {
  // Defined below, on the prototype.
  declare readonly body: ReadableStream | null
  declare readonly bodyUsed: boolean
  declare arrayBuffer: () => Promise<ArrayBuffer>
  declare blob: () => Promise<unknown>
  declare bytes: () => Promise<Uint8Array>
  declare formData: () => Promise<unknown>
  declare json: () => Promise<unknown>
  declare text: () => Promise<string>

  #state: RequestState

  constructor(input: unknown, init: RequestInit = {}) {
    requireArguments(arguments.length, 1, 'Request')
    if (input === FROM_STATE) {
      this.#state = init as unknown as RequestState
      return
    }
    this.#state = buildState(input, init)
  }

  get method(): string {
    return this.#state.method
  }

  get url(): string {
    return this.#state.url
  }

  get headers(): Headers {
    return headersOf(this.#state)
  }

  get redirect(): RequestRedirect {
    return this.#state.redirect
  }

  get signal(): AbortSignal {
    return signalOf(this.#state)
  }

  get destination(): '' {
    void this.#state
    return ''
  }

  get referrer(): string {
    return this.#state.options.referrer
  }

  get referrerPolicy(): string {
    return this.#state.options.referrerPolicy
  }

  get mode(): string {
    return this.#state.options.mode
  }

  get credentials(): string {
    return this.#state.options.credentials
  }

  get cache(): string {
    return this.#state.options.cache
  }

  get integrity(): string {
    return this.#state.options.integrity
  }

  get keepalive(): boolean {
    return this.#state.options.keepalive
  }

  /** Of browsers: there is no page that could be reloaded. */
  get isReloadNavigation(): boolean {
    void this.#state
    return false
  }

  get isHistoryNavigation(): boolean {
    void this.#state
    return false
  }

  get duplex(): 'half' {
    void this.#state
    return 'half'
  }

  clone(): Request {
    const state = this.#state
    if (state.body !== undefined && isUnusable(state.body)) {
      throw new TypeErrorConstructor('A request whose body was read cannot be cloned.')
    }
    return requestFromState({
      ...state,
      headers: wrapHeaders(headerListOf(headersOf(state)).clone(), 'mutable'),
      signal: abortSignalAny([signalOf(state)]),
      body: state.body === undefined ? undefined : cloneBody(state.body),
    })
  }

  /** The state of a request; undefined for anything else. */
  static stateOf(value: unknown): RequestState | undefined {
    return typeof value === 'object' && value !== null && #state in value ? value.#state : undefined
  }
}

/** No tenant can hold this value, so no tenant can hand in a state. */
const FROM_STATE = { __proto__: null }

export function requestFromState(state: RequestState): Request {
  return new Request(FROM_STATE, state as unknown as RequestInit)
}

export const { stateOf: requestStateOf } = Request
ReflectDeleteProperty(Request, 'stateOf')

ObjectDefineProperty(Request, 'length', { value: 1, configurable: true })
defineBodyMembers<Request>(Request.prototype, {
  bodyOf: (request) => stateOrThrow(request).body,
  contentTypeOf: (request) => headerListOf(headersOf(stateOrThrow(request))).get('content-type'),
})
defineInterface(Request, 'Request')

function stateOrThrow(request: Request): RequestState {
  const state = requestStateOf(request)
  if (state === undefined) throw new TypeErrorConstructor('Illegal invocation: this is no Request.')
  return state
}

export function headersOf(state: RequestState): Headers {
  if (typeof state.headers === 'function') state.headers = wrapHeaders(state.headers(), 'immutable')
  return state.headers
}

function signalOf(state: RequestState): AbortSignal {
  if (typeof state.signal === 'function') state.signal = state.signal()
  state.signal ??= createAbortSignal()
  return state.signal
}

/** https://fetch.spec.whatwg.org/#dom-request */
function buildState(input: unknown, init: RequestInit): RequestState {
  if (init === null || (typeof init !== 'object' && typeof init !== 'function')) {
    throw new TypeErrorConstructor('The second argument of Request must be an object.')
  }
  const base = requestStateOf(input)
  const url = base === undefined ? parseUrl(input) : base.url
  const { body, duplex, headers, method, priority, redirect, signal, window } = init
  if (window !== undefined && window !== null) throw new TypeErrorConstructor('window can only be null.')
  choose('duplex', duplex, 'half')
  choose('priority', priority, 'auto')
  const state: RequestState = {
    method: method === undefined ? (base?.method ?? 'GET') : toMethod(method),
    url,
    headers: new Headers(),
    body: undefined,
    redirect: choose('redirect', redirect, base?.redirect ?? 'follow') as RequestRedirect,
    signal: undefined,
    options: toOptions(init, base?.options ?? DEFAULT_OPTIONS),
  }
  if (state.options.mode === 'no-cors' && !RegExpPrototypeTest(SIMPLE_METHOD, state.method)) {
    throw new TypeErrorConstructor(`The mode "no-cors" does not allow the method ${state.method}.`)
  }
  if (headers !== undefined) fillHeaders(state.headers as Headers, headers)
  else if (base !== undefined) {
    state.headers = wrapHeaders(headerListOf(headersOf(base)).clone(), 'mutable')
  }
  if (signal !== undefined && signal !== null) {
    if (!isAbortSignal(signal)) throw new TypeErrorConstructor('signal must be an AbortSignal.')
    state.signal = abortSignalAny([signal])
  } else if (signal === undefined && base !== undefined) {
    state.signal = abortSignalAny([signalOf(base)])
  }
  if (body !== undefined && body !== null) setBody(state, body, init)
  else if (base?.body !== undefined && body === undefined) moveBody(base.body, state)
  if (state.body !== undefined && (state.method === 'GET' || state.method === 'HEAD')) {
    throw new TypeErrorConstructor(`A ${state.method} request cannot have a body.`)
  }
  return state
}

function setBody(state: RequestState, init: unknown, { duplex }: RequestInit): void {
  const extracted = extractBody(init)
  if (extracted.body.content === undefined && duplex === undefined) {
    throw new TypeErrorConstructor('A request whose body is a stream needs { duplex: "half" }.')
  }
  state.body = extracted.body
  const list = headerListOf(state.headers as Headers)
  if (extracted.type !== undefined && !list.has('content-type')) list.append('content-type', extracted.type)
}

/** The body of a request that another is made from goes over to it. */
function moveBody(body: Body, state: RequestState): void {
  if (isUnusable(body)) throw new TypeErrorConstructor('The body of the request was already read.')
  // Once it was asked for, the old stream must be seen as read: piping it through does that.
  const stream = body.stream === undefined ? undefined : streamOf(body).pipeThrough(new (streams().TransformStream)())
  state.body = { content: stream === undefined ? body.content : undefined, stream, taken: false }
  body.taken = true
}

function parseUrl(input: unknown): string {
  const url = new URL(typeof input === 'string' ? input : `${input as string}`)
  if (url.username !== '' || url.password !== '') {
    throw new TypeErrorConstructor('A request URL must not have credentials.')
  }
  return url.href
}

function toMethod(value: unknown): string {
  const method = toByteString(value)
  if (!RegExpPrototypeTest(TOKEN, method)) throw new TypeErrorConstructor(`"${method}" is not a valid method.`)
  if (RegExpPrototypeTest(FORBIDDEN_METHOD, method)) throw new TypeErrorConstructor(`${method} is not allowed.`)
  return RegExpPrototypeTest(NORMALIZED_METHOD, method) ? StringPrototypeToUpperCase(method) : method
}

function choose(name: keyof typeof CHOICES, value: unknown, otherwise: string): string {
  if (value === undefined) return otherwise
  const text = `${value as string}`
  const choices: readonly string[] = CHOICES[name]
  for (let i = 0; i < choices.length; i++) if (choices[i] === text) return text
  throw new TypeErrorConstructor(`"${text}" is not a valid value of ${name}.`)
}

function toOptions(init: RequestInit, base: Options): Options {
  const { cache, credentials, integrity, keepalive, mode, referrer, referrerPolicy } = init
  const options: Options = {
    referrer: referrer === undefined ? base.referrer : toReferrer(referrer),
    referrerPolicy: choose('referrerPolicy', referrerPolicy, base.referrerPolicy),
    mode: choose('mode', mode, base.mode),
    credentials: choose('credentials', credentials, base.credentials),
    cache: choose('cache', cache, base.cache),
    integrity: integrity === undefined ? base.integrity : `${integrity}`,
    keepalive: keepalive === undefined ? base.keepalive : Boolean(keepalive),
  }
  if (mode !== undefined && options.mode === 'navigate') {
    throw new TypeErrorConstructor('The mode "navigate" is not allowed.')
  }
  if (options.cache === 'only-if-cached' && options.mode !== 'same-origin') {
    throw new TypeErrorConstructor('The cache mode "only-if-cached" needs the mode "same-origin".')
  }
  return options
}

/** What a request shows, and does not send. */
function toReferrer(value: unknown): string {
  const text = toUSVString(value)
  if (text === '') return ''
  const { href } = new URL(text)
  return href === 'about:client' ? DEFAULT_OPTIONS.referrer : href
}
