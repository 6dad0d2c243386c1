// A host's way to the KV store of its server, which is control's. The way may break at any time: what was not answered is
// asked again when control is back, and a write that is asked twice leaves what it leaves when it is asked once.
import { connect } from 'node:net'
import { IsopodError } from '../../errors.ts'
import { Channel } from '../../wire/channel.ts'
import {
  type HostToKv,
  type KvFactsText,
  type KvQuestion,
  type KvToHost,
  MAX_KV_QUESTIONS,
} from '../../wire/kv-messages.ts'
import {
  INLINE_BYTES,
  type KvEntry,
  type KvFacts,
  type KvListing,
  type KvPage,
  type KvPart,
  type KvPut,
  type KvScope,
  type KvStore,
  sizeOf,
} from './kv-store.ts'

type WithoutAsk<T> = T extends { readonly ask: number; readonly number: number; readonly namespace: string }
  ? Omit<T, 'ask' | 'number' | 'namespace'>
  : never

interface Answer {
  readonly message: KvToHost
  readonly bytes: Uint8Array | undefined
}

interface Pending {
  readonly question: KvQuestion
  readonly parts: readonly Uint8Array[]
  /** Of the parts, the next one that is sent when control says so. */
  next: number
  resolve(answer: Answer): void
  reject(error: Error): void
}

interface Sent {
  readonly parts?: readonly Uint8Array[]
  readonly signal?: AbortSignal | undefined
}

const RECONNECT_MS = 50

export class KvClient implements KvStore, Disposable {
  readonly #socketPath: string
  readonly #token: string
  /** Asked, or about to be asked again. */
  readonly #asked = new Map<number, Pending>()
  /** Kept back until others are answered. */
  readonly #waiting: Pending[] = []
  #channel: Channel<KvToHost, HostToKv> | undefined
  #reconnecting: NodeJS.Timeout | undefined
  #lastAsk = 0
  #isClosed = false

  constructor(socketPath: string, token: string) {
    this.#socketPath = socketPath
    this.#token = token
  }

  async get(scope: KvScope, key: string, signal?: AbortSignal): Promise<KvEntry | undefined> {
    const { bytes, message } = await this.#ask(scope, { type: 'get', key }, { signal })
    const entry = message.type === 'entry' ? message.entry : undefined
    return entry === undefined || bytes === undefined ? entry : { ...entry, value: bytes }
  }

  async part(scope: KvScope, { id, index }: KvPart, signal?: AbortSignal): Promise<Uint8Array | undefined> {
    return (await this.#ask(scope, { type: 'part', id, index }, { signal })).bytes
  }

  async put(scope: KvScope, { key, parts, ...facts }: KvPut, signal?: AbortSignal): Promise<void> {
    const question = { type: 'put', key, size: sizeOf(parts), ...factsText(facts) } as const
    await this.#ask(scope, question, { parts, signal })
  }

  async delete(scope: KvScope, key: string, signal?: AbortSignal): Promise<void> {
    await this.#ask(scope, { type: 'delete', key }, { signal })
  }

  async list(scope: KvScope, { after, limit, prefix }: KvListing, signal?: AbortSignal): Promise<KvPage> {
    const question = { type: 'list', prefix, limit, ...(after === undefined ? {} : { after }) } as const
    const { message } = await this.#ask(scope, question, { signal })
    if (message.type === 'page') return message
    throw new Error('control did not answer with a page')
  }

  [Symbol.dispose](): void {
    this.#isClosed = true
    clearTimeout(this.#reconnecting)
    this.#channel?.close()
  }

  #ask(
    { namespace, version = 0 }: KvScope,
    question: WithoutAsk<KvQuestion>,
    { parts = [], signal }: Sent,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) throw aborted()
      this.#lastAsk += 1
      const whole = { ...question, ask: this.#lastAsk, number: version, namespace } as KvQuestion
      const onAbort = (): void => {
        this.#giveUp(pending)
        reject(aborted())
      }
      const settled = (): void => signal?.removeEventListener('abort', onAbort)
      const pending: Pending = {
        question: whole,
        parts,
        next: 0,
        resolve(answer) {
          settled()
          resolve(answer)
        },
        reject(error) {
          settled()
          reject(error)
        },
      }
      signal?.addEventListener('abort', onAbort, { once: true })
      this.#waiting.push(pending)
      this.#askNext()
    })
  }

  #askNext(): void {
    while (this.#asked.size < MAX_KV_QUESTIONS) {
      const pending = this.#waiting.shift()
      if (pending === undefined) return
      this.#asked.set(pending.question.ask, pending)
      if (this.#channel !== undefined) this.#send(pending)
      else if (this.#reconnecting === undefined) this.#connect()
    }
  }

  #send(pending: Pending): void {
    const { parts, question } = pending
    pending.next = 0
    const [whole = new Uint8Array()] = parts
    const isInline = question.type === 'put' && question.size <= INLINE_BYTES
    this.#channel?.send(question, isInline ? whole : undefined)
  }

  #connect(): void {
    if (this.#isClosed) return
    const channel = new Channel<KvToHost, HostToKv>(connect(this.#socketPath), {
      message: (message, bytes) => this.#receive(message, bytes),
      closed: () => {
        this.#channel = undefined
        if (this.#isClosed) return
        this.#reconnecting = setTimeout(() => {
          this.#reconnecting = undefined
          if (this.#asked.size > 0) this.#connect()
        }, RECONNECT_MS)
      },
    })
    this.#channel = channel
    channel.send({ type: 'hello', token: this.#token })
    for (const pending of this.#asked.values()) this.#send(pending)
  }

  #receive(message: KvToHost, bytes: Uint8Array | undefined): void {
    const pending = this.#asked.get(message.ask)
    if (pending === undefined) return
    if (message.type === 'go') {
      this.#channel?.send({ type: 'chunk', ask: message.ask }, pending.parts[pending.next])
      pending.next += 1
      return
    }
    this.#asked.delete(message.ask)
    if (message.type === 'failed') pending.reject(new IsopodError(message.failure.code, message.failure.message))
    else pending.resolve({ message, bytes })
    this.#askNext()
  }

  #giveUp(pending: Pending): void {
    const { ask } = pending.question
    const place = this.#waiting.indexOf(pending)
    if (place >= 0) this.#waiting.splice(place, 1)
    if (!this.#asked.delete(ask)) return
    this.#channel?.send({ type: 'cancel', ask })
    this.#askNext()
  }
}

function factsText({ expires, metadata }: KvFacts): KvFactsText {
  return { ...(metadata === undefined ? {} : { metadata }), ...(expires === undefined ? {} : { expires }) }
}

function aborted(): IsopodError {
  return new IsopodError('TASK_CANCELED', 'The KV operation was given up; a write may have been done all the same.')
}
