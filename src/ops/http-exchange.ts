// One request sent and its response received over undici's pool: the head as a promise, the body as a ByteSource.
// Invariant: it ends exactly once, and whichever way it ends the socket is back in the pool or destroyed, the request
// body is released and the signal is let go. A body nobody reads holds its socket until the signal fires.
import type { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import type { ByteSource, HeaderList, ResponseHead } from '../task.ts'
import { fetchAborted, toFetchFailure } from './fetch-failure.ts'

/** Received and unread bytes at which the socket is paused. */
const HIGH_WATER_BYTES = 64 * 1024
/** A body nobody wants is read to this many bytes to save the connection; above it a new connection is cheaper. */
const DISCARD_BYTES = 16 * 1024

type State =
  | { readonly name: 'open' }
  | { readonly name: 'discarding' }
  | { readonly name: 'ended' }
  | { readonly name: 'failed'; readonly error: Error }

export interface ExchangeOptions {
  readonly signal: AbortSignal
  /** Named in error messages. */
  readonly host: string
  /** Destroyed if the exchange ends before it was sent. */
  readonly requestBody: Readable | undefined
  /** Called once, when its connection is free or gone. */
  readonly ended: () => void
}

export class HttpExchange implements ByteSource, Dispatcher.DispatchHandler {
  readonly head: Promise<ResponseHead>
  readonly #head: PromiseWithResolvers<ResponseHead> = Promise.withResolvers()
  readonly #options: ExchangeOptions
  readonly #onAbort = (): void => this.#fail(fetchAborted())
  #controller: Dispatcher.DispatchController | undefined
  #state: State = { name: 'open' }
  #chunks: Buffer[] = []
  #queuedBytes = 0
  #discardedBytes = 0
  #wake: PromiseWithResolvers<void> | undefined

  constructor(options: ExchangeOptions) {
    this.head = this.#head.promise
    this.#options = options
    options.signal.addEventListener('abort', this.#onAbort, { once: true })
  }

  /** The next bytes: everything that has arrived, as one chunk. */
  async read(): Promise<Uint8Array | undefined> {
    for (;;) {
      if (this.#state.name === 'failed') throw this.#state.error
      if (this.#chunks.length > 0) return this.#take()
      if (this.#state.name !== 'open') return undefined
      this.#wake ??= Promise.withResolvers()
      await this.#wake.promise
    }
  }

  cancel(): void {
    if (this.#state.name === 'open') this.#fail(fetchAborted())
  }

  /** Nobody will read the body, and the connection is worth keeping if little is left of it. */
  discard(): void {
    if (this.#state.name !== 'open') return
    this.#state = { name: 'discarding' }
    this.#drop(this.#queuedBytes)
    // Without effect when that was too much and the exchange has failed.
    this.#controller?.resume()
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    // It may have waited in the pool for a connection, and have been given up meanwhile.
    if (this.#state.name === 'failed') controller.abort(this.#state.error)
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    _headers: unknown,
    statusText: string = '',
  ): void {
    if (status >= 200) this.#head.resolve({ status, statusText, headers: listHeaders(controller.rawHeaders) })
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#state.name === 'discarding') return this.#drop(chunk.byteLength)
    if (this.#state.name !== 'open') return
    this.#chunks.push(chunk)
    this.#queuedBytes += chunk.byteLength
    if (this.#queuedBytes >= HIGH_WATER_BYTES) controller.pause()
    this.#notify()
  }

  onResponseEnd(): void {
    this.#end({ name: 'ended' })
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.#fail(toFetchFailure(error, this.#options.host))
  }

  #take(): Buffer {
    const [only] = this.#chunks
    const bytes = this.#chunks.length === 1 && only !== undefined ? only : Buffer.concat(this.#chunks)
    this.#chunks = []
    this.#queuedBytes = 0
    // Once it has ended the connection may be serving someone else.
    if (this.#state.name === 'open') this.#controller?.resume()
    return bytes
  }

  #drop(bytes: number): void {
    this.#chunks = []
    this.#queuedBytes = 0
    this.#discardedBytes += bytes
    if (this.#discardedBytes > DISCARD_BYTES) this.#fail(fetchAborted())
  }

  #fail(error: Error): void {
    if (!this.#end({ name: 'failed', error })) return
    this.#chunks = []
    this.#head.reject(error)
    this.#controller?.abort(error)
    this.#options.requestBody?.destroy()
  }

  #end(state: State): boolean {
    if (this.#state.name === 'ended' || this.#state.name === 'failed') return false
    this.#state = state
    this.#options.signal.removeEventListener('abort', this.#onAbort)
    this.#notify()
    this.#options.ended()
    return true
  }

  #notify(): void {
    this.#wake?.resolve()
    this.#wake = undefined
  }
}

/** Names and values as they came, one character per byte. */
function listHeaders(raw: Dispatcher.DispatchController['rawHeaders']): HeaderList {
  const headers: [string, string][] = []
  if (!Array.isArray(raw)) return headers
  for (let i = 0; i + 1 < raw.length; i += 2) headers.push([latin1(raw[i]), latin1(raw[i + 1])])
  return headers
}

function latin1(text: Buffer | string | undefined): string {
  return typeof text === 'object' ? text.toString('latin1') : (text ?? '')
}
