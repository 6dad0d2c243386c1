// The hosts that ask for KV. A host is not trusted: it says which version asks, and reaches what that version may; what it
// sends is checked again, and one that asks for more at once than ours do is hung up on.
import type { Server, Socket } from 'node:net'
import { IsopodError } from '../../errors.ts'
import { assertFacts, assertKey, assertLimit, assertPrefix, assertSize } from '../../host/kv/check-kv.ts'
import { INLINE_BYTES, type KvFacts, type KvScope, type KvStore, PART_BYTES } from '../../host/kv/kv-store.ts'
import { Channel } from '../../wire/channel.ts'
import {
  type HostToKv,
  type KvFactsText,
  type KvQuestion,
  type KvToHost,
  MAX_KV_QUESTIONS,
} from '../../wire/kv-messages.ts'
import { Uploads } from './uploads.ts'

export interface KvLinksOptions {
  readonly store: KvStore
  /** What a host may reach for a version; undefined where the token is nobody's. */
  scopeOf(token: string, asked: { readonly namespace: string; readonly number: number }): KvScope | undefined
  /** Whether the token is a host's. */
  isHost(token: string): boolean
}

/** Keys and metadata, as JSON may write them. */
const MAX_TEXT_BYTES = 64 * 1024

export function serveKv(server: Server, options: KvLinksOptions): void {
  server.on('connection', (socket: Socket) => void new KvLink(socket, options))
}

class KvLink {
  readonly #options: KvLinksOptions
  readonly #socket: Socket
  readonly #channel: Channel<HostToKv, KvToHost>
  readonly #uploads = new Uploads((ask) => this.#channel.send({ type: 'go', ask }))
  #token: string | undefined
  readonly #underWay = new Set<number>()

  constructor(socket: Socket, options: KvLinksOptions) {
    this.#options = options
    this.#socket = socket
    this.#channel = new Channel<HostToKv, KvToHost>(socket, {
      maxTextBytes: MAX_TEXT_BYTES,
      maxBytes: PART_BYTES,
      message: (message, bytes) => this.#receive(message, bytes),
      closed: () => this.#uploads.clear(),
    })
  }

  #receive(message: HostToKv, bytes: Uint8Array | undefined): void {
    if (message?.type === 'hello') {
      this.#token = message.token
      if (!this.#options.isHost(message.token)) this.#socket.destroy()
    } else if (message?.type === 'chunk') {
      this.#uploads.add(message.ask, bytes)
    } else if (message?.type === 'cancel') {
      this.#uploads.cancel(message.ask)
    } else if (this.#token === undefined || !isQuestion(message) || this.#isTooMuch(message.ask)) {
      this.#socket.destroy()
    } else {
      void this.#answer(this.#token, message, bytes)
    }
  }

  #isTooMuch(ask: number): boolean {
    return this.#underWay.has(ask) || this.#underWay.size >= 2 * MAX_KV_QUESTIONS
  }

  async #answer(token: string, question: KvQuestion, bytes: Uint8Array | undefined): Promise<void> {
    const { ask } = question
    this.#underWay.add(ask)
    try {
      const scope = this.#options.scopeOf(token, question)
      if (scope === undefined) throw notBound()
      const answer = await this.#ask(scope, question, bytes)
      if (answer !== undefined) this.#channel.send(answer.message, answer.bytes)
    } catch (error) {
      const { code, message } = error instanceof IsopodError ? error : new IsopodError('STORE_FAILED')
      this.#channel.send({ type: 'failed', ask, failure: { code, message } })
    } finally {
      this.#underWay.delete(ask)
    }
  }

  /** Undefined where nobody waits any more. */
  async #ask(
    scope: KvScope,
    question: KvQuestion,
    bytes: Uint8Array | undefined,
  ): Promise<{ readonly message: KvToHost; readonly bytes?: Uint8Array | undefined } | undefined> {
    const { store } = this.#options
    const { ask } = question
    switch (question.type) {
      case 'get': {
        assertKey(question.key)
        const entry = await store.get(scope, question.key)
        if (entry === undefined) return { message: { type: 'entry', ask } }
        const { id, size, value } = entry
        return { message: { type: 'entry', ask, entry: { id, size, ...factsText(entry) } }, bytes: value }
      }
      case 'part': {
        const { id, index } = question
        if (!Number.isSafeInteger(id) || !Number.isSafeInteger(index)) throw new IsopodError('INVALID_OPTION')
        return { message: { type: 'part', ask }, bytes: await store.part(scope, { id, index }) }
      }
      case 'put': {
        const { key, size } = question
        const facts = { metadata: question.metadata, expires: question.expires }
        assertKey(key)
        assertSize(size)
        assertFacts(facts)
        const parts = size > INLINE_BYTES ? await this.#uploads.receive(ask, size) : inlineParts(size, bytes)
        if (parts === undefined) return undefined
        try {
          await store.put(scope, { key, parts, ...facts })
        } finally {
          this.#uploads.release(ask)
        }
        return { message: { type: 'done', ask } }
      }
      case 'delete':
        assertKey(question.key)
        await store.delete(scope, question.key)
        return { message: { type: 'done', ask } }
      case 'list': {
        const { after, limit, prefix } = question
        assertPrefix(prefix)
        assertLimit(limit)
        if (after !== undefined) assertKey(after)
        const { isComplete, keys } = await store.list(scope, { prefix, limit, after })
        const shown = keys.map((listed) => Object.assign(factsText(listed), { key: listed.key }))
        return { message: { type: 'page', ask, keys: shown, isComplete } }
      }
    }
  }
}

const QUESTIONS: ReadonlySet<string> = new Set<KvQuestion['type']>(['get', 'part', 'put', 'delete', 'list'])

function isQuestion(message: KvQuestion): boolean {
  return (
    QUESTIONS.has(message?.type) &&
    Number.isSafeInteger(message.ask) &&
    Number.isSafeInteger(message.number) &&
    typeof message.namespace === 'string'
  )
}

function inlineParts(size: number, bytes: Uint8Array = new Uint8Array()): Uint8Array[] {
  if (bytes.byteLength !== size)
    throw new IsopodError('INVALID_OPTION', 'The KV value is not of the size it was said to have.')
  return size === 0 ? [] : [bytes]
}

function factsText({ expires, metadata }: KvFacts): KvFactsText {
  return { ...(metadata === undefined ? {} : { metadata }), ...(expires === undefined ? {} : { expires }) }
}

function notBound(): IsopodError {
  const message =
    'The KV namespace is not one that this version binds, or the tenant has moved to other hosts since the task began.'
  return new IsopodError('VERSION_UNAVAILABLE', message)
}
