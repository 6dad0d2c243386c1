// The KV store of a server, as control has it: a file, opened by two threads, so that neither writes nor reads hold up
// control. They start with the first call.
import { Worker } from 'node:worker_threads'
import { IsopodError } from '../../errors.ts'
import type {
  KvEntry,
  KvListing,
  KvNamespaceReport,
  KvPage,
  KvPart,
  KvPut,
  KvScope,
  KvStore,
} from '../../host/kv/kv-store.ts'
import { programPath } from '../../programs.ts'
import type { KvRead, KvThreadAnswer, KvThreadCall, KvThreadData, KvWrite } from './kv-thread-messages.ts'

/** What operators ask for besides. */
export interface KvNamespaces extends KvStore {
  namespaces(tenant: string): Promise<readonly KvNamespaceReport[]>
}

export class ThreadedKvStore implements KvNamespaces, Disposable {
  readonly #writes: Thread
  readonly #reads: Thread

  constructor(options: Omit<KvThreadData, 'role'>) {
    this.#writes = new Thread({ ...options, role: 'writes' })
    // Writes first: that thread gives the file its shape.
    this.#reads = new Thread({ ...options, role: 'reads' }, this.#writes)
  }

  async get(scope: KvScope, key: string): Promise<KvEntry | undefined> {
    return (await this.#reads.call({ type: 'get', scope, key })) as KvEntry | undefined
  }

  async part(scope: KvScope, part: KvPart): Promise<Uint8Array | undefined> {
    return (await this.#reads.call({ type: 'part', scope, part })) as Uint8Array | undefined
  }

  async list(scope: KvScope, listing: KvListing): Promise<KvPage> {
    return (await this.#reads.call({ type: 'list', scope, listing })) as KvPage
  }

  async namespaces(tenant: string): Promise<readonly KvNamespaceReport[]> {
    return (await this.#reads.call({ type: 'namespaces', tenant })) as readonly KvNamespaceReport[]
  }

  async put(scope: KvScope, put: KvPut): Promise<void> {
    const whole = put.parts.filter(({ buffer, byteLength }) => buffer.byteLength === byteLength)
    await this.#writes.call({ type: 'put', scope, put }, [...new Set(whole.map(({ buffer }) => buffer as ArrayBuffer))])
  }

  async delete(scope: KvScope, key: string): Promise<void> {
    await this.#writes.call({ type: 'delete', scope, key })
  }

  [Symbol.dispose](): void {
    this.#writes.stop()
    this.#reads.stop()
  }
}

interface Pending {
  resolve(result: unknown): void
  reject(error: Error): void
}

interface Running {
  readonly worker: Worker
  readonly ready: Promise<void>
}

/** After a thread has failed, it is not tried again for that long. */
const RETRY_MS = 1000

class Thread {
  readonly #data: KvThreadData
  readonly #after: Thread | undefined
  readonly #pending = new Map<number, Pending>()
  #running: Promise<Running> | undefined
  #failure: { readonly error: Error; readonly atMs: number } | undefined
  #lastId = 0

  /** @param after - started, and ready, before this one is */
  constructor(data: KvThreadData, after?: Thread) {
    this.#data = data
    this.#after = after
  }

  async call(call: KvRead | KvWrite, transfer: ArrayBuffer[] = []): Promise<unknown> {
    const { worker } = await this.#start()
    return new Promise((resolve, reject) => {
      this.#lastId += 1
      this.#pending.set(this.#lastId, { resolve, reject })
      const message: KvThreadCall = { id: this.#lastId, call }
      worker.postMessage(message, transfer)
    })
  }

  async ready(): Promise<void> {
    await (
      await this.#start()
    ).ready
  }

  stop(): void {
    void this.#running?.then(
      ({ worker }) => worker.terminate(),
      () => undefined,
    )
  }

  #start(): Promise<Running> {
    if (this.#failure !== undefined && performance.now() - this.#failure.atMs < RETRY_MS) {
      return Promise.reject(this.#failure.error)
    }
    this.#running ??= this.#open()
    return this.#running
  }

  async #open(): Promise<Running> {
    try {
      await this.#after?.ready()
    } catch (error) {
      this.#running = undefined
      throw error
    }
    const ready = Promise.withResolvers<void>()
    // Only the one who comes after waits for it.
    ready.promise.catch(() => undefined)
    const worker = new Worker(programPath('kv-store'), { workerData: this.#data, env: {} })
    worker.on('message', (answer: KvThreadAnswer) => {
      if (answer.type === 'ready') ready.resolve()
      else this.#settle(answer)
    })
    worker.on('error', (error) => {
      const message = `The KV store failed: ${error instanceof Error ? error.message : String(error)}.`
      this.#failed(new IsopodError('STORE_FAILED', message, { cause: error }))
      ready.reject(error as Error)
    })
    worker.on('exit', () => {
      this.#failed(new IsopodError('STORE_FAILED', 'The KV store has ended.'))
      ready.reject(new Error('the thread has ended'))
    })
    return { worker, ready: ready.promise }
  }

  #settle(answer: Exclude<KvThreadAnswer, { type: 'ready' }>): void {
    const pending = this.#pending.get(answer.id)
    this.#pending.delete(answer.id)
    if (answer.type === 'done') pending?.resolve(answer.result)
    else pending?.reject(new IsopodError(answer.code, answer.message))
  }

  /** Told twice, as error and as exit, it counts once. */
  #failed(error: Error): void {
    if (this.#running === undefined) return
    this.#running = undefined
    this.#failure = { error, atMs: performance.now() }
    for (const { reject } of this.#pending.values()) reject(error)
    this.#pending.clear()
  }
}
