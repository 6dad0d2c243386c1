// The engine room as one object: versions, a pool, and the tasks that go through it. The library's API and the HTTP
// ingress are two doors to it.
import { IsopodError } from '../errors.ts'
import { type EntryWatch, UNWATCHED } from '../instance/entry-watch.ts'
import { bodyTooLarge } from '../instance/incoming-request.ts'
import { OpCounts } from '../instance/op-counts.ts'
import { type PreparedVersion, prepareVersion } from '../instance/prepared-version.ts'
import type { Inspector } from '../instance/services.ts'
import { type TaskCaller, TaskRun } from '../instance/task-run.ts'
import { CodeCacheMaker } from '../isolate/code-cache-maker.ts'
import { assertEngineFlags } from '../isolate/engine-flags.ts'
import type { ExecutorName } from '../isolate/executor.ts'
import type { BindingSource } from '../ops/bindings/binding.ts'
import { CryptoLines } from '../ops/crypto/crypto-lines.ts'
import { Fetchers } from '../ops/fetchers.ts'
import { Pool } from '../pool/pool.ts'
import { Turns } from '../pool/turns.ts'
import type { PoolStats } from '../stats.ts'
import type { Task, TaskResult } from '../task.ts'
import type { Version } from '../version.ts'
import type { HostCounts } from '../wire/measures-text.ts'
import type { PieceSource } from './assets/asset-body.ts'
import { AssetsFirst } from './assets/assets-first.ts'
import { hostBindings } from './bindings/host-bindings.ts'
import { assertVersion } from './check-version.ts'
import { assertTask } from './check-task.ts'
import { type Destination, refusal, type SubmittedTask, type WorkerAddress } from './destination.ts'
import { MemoryKvStore } from './kv/memory-kv-store.ts'
import { ThreadUse } from './measures/thread-use.ts'
import { DEFAULT_TENANT, Registry, type WorkerId } from './registry.ts'
import { resolveOptions, type ResolvedOptions, type RuntimeOptions } from './runtime-options.ts'

/** A version as callers give it: tenant and id have defaults. */
export type VersionInit = Omit<Version, 'tenant' | 'id'> & Partial<Pick<Version, 'tenant' | 'id'>>

export interface LoadOptions {
  /** `now` (default): load it, and fail if it cannot be loaded. `on-demand`: its first task loads it. */
  readonly start?: 'now' | 'on-demand'
  /** The script's compiled form, where a clean process has made one. */
  readonly codeCache?: ArrayBuffer | undefined
}

/** Who makes the compiled form of scripts. */
interface CodeCaches {
  make(source: string): Promise<ArrayBuffer | undefined>
  close(): void
}

/** What a process that hosts a runtime brings along. */
export interface RuntimeParts {
  /** Hears of every entry into V8. */
  readonly watch?: EntryWatch
  /** A process of the runtime's own, unless given. */
  readonly codeCaches?: CodeCaches
  /** Unless given, workers reach those of this runtime, and KV namespaces that go with it. */
  readonly bindings?: BindingSource
  /** An instance of a version had to make room. */
  readonly evicted?: (prepared: PreparedVersion) => void
  /** Where the contents of static files come from; unless given, versions have none. */
  readonly pieces?: PieceSource
  /** Debuggers may attach to all isolates, which run on threads then, whatever the executor; and code caches are of no use. */
  readonly inspector?: Inspector
}

export interface DispatchOptions {
  /** The caller goes away: a waiting task gives up its place, a running one is canceled. */
  readonly signal?: AbortSignal
  /** The worker's code is about to see the task. */
  readonly started?: () => void
}

export class Runtime implements AsyncDisposable {
  readonly #options: ResolvedOptions
  readonly #registry = new Registry()
  readonly #pool: Pool
  readonly #turns = new Turns()
  readonly #fetchers: Fetchers
  readonly #caches: CodeCaches
  readonly #pieces: PieceSource | undefined
  readonly #ops = new OpCounts()
  readonly #threadUse: ThreadUse
  readonly #destinations = new WeakMap<PreparedVersion, Destination>()
  #versionCount = 0
  #closed = false

  constructor(options: RuntimeOptions = {}, parts: RuntimeParts = {}) {
    assertEngineFlags()
    this.#options = resolveOptions({ executor: 'inline', ...options })
    this.#pieces = parts.pieces
    this.#caches = parts.codeCaches ?? (parts.inspector === undefined ? new CodeCacheMaker() : NO_CODE_CACHES)
    const { network, observer, limits } = this.#options
    this.#fetchers = new Fetchers({ nameServers: network.nameServers })
    const turns = this.#turns
    for (const [tenant, weight] of Object.entries(this.#options.tenantWeights)) turns.weigh(tenant, weight)
    this.#threadUse = new ThreadUse(turns)
    this.#pool = new Pool({
      ...this.#options,
      executor: engineExecutor(this.#options, parts),
      turns,
      services: {
        bindings: parts.bindings ?? this.#ownBindings(parts.pieces),
        cryptoLines: new CryptoLines(),
        fetchers: this.#fetchers,
        observer,
        watch: parts.watch ?? UNWATCHED,
        time: this.#threadUse,
        ops: this.#ops,
        inspector: parts.inspector,
      },
      evicted: parts.evicted,
      size: this.#options.poolSize,
      queueSize: this.#options.taskQueueSize,
      memoryBudgetBytes: this.#options.memoryBudgetMb * 1024 * 1024,
      restartMemoryBytes: this.#options.restartMemoryMb * 1024 * 1024,
      reserveHeapMb: limits.heapMb,
    })
  }

  /**
   * Makes a version the one that answers for its worker. The previous one answers until the new one is ready, and
   * finishes the tasks it has.
   *
   * @throws IsopodError `INVALID_WORKER_ID`, `INVALID_BUNDLE`, `INVALID_OPTION`; `LOAD_FAILED` and the codes of limits
   *   when the version does not load, in which case nothing has changed
   */
  async load(init: VersionInit, options: LoadOptions = {}): Promise<void> {
    this.activate(await this.prepare(init, options))
  }

  /**
   * The first half of {@link load}: the version is ready, and answers for nobody yet.
   *
   * @throws as `load` does
   */
  async prepare(init: VersionInit, { start = 'now', codeCache }: LoadOptions = {}): Promise<PreparedVersion> {
    if (this.#closed) throw new IsopodError('RUNTIME_CLOSED')
    this.#versionCount += 1
    const version: Version = { ...init, tenant: init.tenant ?? DEFAULT_TENANT, id: init.id ?? `v${this.#versionCount}` }
    assertVersion(version)
    if (version.assets !== undefined && this.#pieces === undefined) {
      throw new IsopodError('INVALID_OPTION', 'Static files are for servers: nothing has their contents here.')
    }
    const prepared = prepareVersion(version, this.#options)
    prepared.codeCache = codeCache
    // Ready for the instances after the first.
    if (codeCache === undefined) {
      void this.#caches.make(version.bundle.script).then((cache) => {
        prepared.codeCache = cache
      })
    }
    if (start === 'now') {
      const failure = await this.#pool.preload(prepared)
      if (failure !== undefined) {
        const { code, message, name, stack } = failure.error
        const shown = name === undefined ? message : `${name}: ${message}`
        throw new IsopodError(code, stack ?? shown)
      }
      if (this.#closed) throw new IsopodError('RUNTIME_CLOSED')
    }
    return prepared
  }

  /** The second half: from now on it answers for its worker. */
  activate(prepared: PreparedVersion): void {
    const replaced = this.#registry.set(prepared)
    if (replaced !== undefined) this.#pool.replace(replaced)
  }

  /** Gives up a version that is prepared, or was activated by nobody. Its tasks finish. */
  discard(prepared: PreparedVersion): void {
    this.#registry.delete(prepared)
    this.#pool.replace(prepared)
  }

  /** Forgets a worker; its tasks finish. Returns whether there was one. */
  remove(worker: WorkerId): boolean {
    const prepared = this.#registry.find(worker)
    if (prepared === undefined) return false
    this.discard(prepared)
    return true
  }

  workers(): readonly { readonly tenant: string; readonly worker: string; readonly version: string }[] {
    return this.#registry.names()
  }

  /** The version that answers for a worker at present. */
  versionOf(worker: WorkerId): PreparedVersion | undefined {
    return this.#registry.find(worker)
  }

  /** Where tasks of a worker go; for doors that look a worker up for each request. */
  find({ tenant, worker }: WorkerAddress): Destination | undefined {
    const prepared = this.#registry.get(tenant, worker)
    return prepared === undefined ? undefined : this.destinationOf(prepared)
  }

  /** Where tasks for a version go: to its static files first, where it has some. */
  destinationOf(prepared: PreparedVersion): Destination {
    const known = this.#destinations.get(prepared)
    if (known !== undefined) return known
    const { limits, version } = prepared
    const { assets } = version
    const worker: Destination = {
      requestBodyBytes: limits.requestBodyBytes,
      wallMs: limits.wallMs,
      submit: (task, caller, acceptedMs) => this.#submit(prepared, task, caller, acceptedMs),
    }
    const destination =
      assets === undefined || this.#pieces === undefined
        ? worker
        : new AssetsFirst({ ...version, assets }, this.#pieces, worker)
    this.#destinations.set(prepared, destination)
    return destination
  }

  /**
   * Runs one task and resolves when it is answered: with the response's head and body, an output, or an outcome that
   * says why not. Never rejects for what a worker does.
   *
   * @throws IsopodError `INVALID_WORKER_ID`, `INVALID_TASK`
   */
  dispatch(worker: WorkerId, task: Task, { signal, started }: DispatchOptions = {}): Promise<TaskResult> {
    return new Promise((resolve) => {
      const prepared = this.#registry.find(worker)
      assertTask(task)
      if (prepared === undefined) {
        resolve(workerNotFound(worker))
        return
      }
      if (signal?.aborted === true) {
        resolve(
          refusal({
            outcome: 'canceled',
            code: 'TASK_CANCELED',
            message: 'The caller went away before the task had started.',
          }),
        )
        return
      }
      const submitted = this.destinationOf(prepared).submit(task, {
        settled: resolve,
        ...(started === undefined ? {} : { started }),
      })
      if (signal !== undefined && !submitted.isOver) followSignal(submitted, signal)
    })
  }

  #submit(prepared: PreparedVersion, task: Task, caller: TaskCaller, acceptedMs?: number): TaskRun {
    const run = new TaskRun(prepared, task, caller, { observer: this.#options.observer, acceptedMs })
    const tooLarge = task.type === 'fetch' ? bodyTooLarge(run, task.request) : undefined
    if (tooLarge === undefined) {
      this.#pool.submit(run)
    } else {
      run.fail('tooLarge', tooLarge)
      run.end()
    }
    return run
  }

  /** Keeps a worker's instance in the pool until the handle is disposed of: `using pin = runtime.pin('hello')`. */
  pin(worker: WorkerId): Disposable | undefined {
    const prepared = this.#registry.find(worker)
    return prepared === undefined ? undefined : this.#pool.pin(prepared)
  }

  stats(): PoolStats {
    return this.#pool.stats()
  }

  /** What is counted of all workers together, since the runtime was made. */
  measured(): Pick<HostCounts, 'ops' | 'thread'> {
    return { ops: this.#ops.counts(), thread: this.#threadUse.counts() }
  }

  /** Tasks that wait or run, `waitUntil` included, and instances. */
  counts(): { readonly running: number; readonly instances: number } {
    return { running: this.#pool.taskCount, instances: this.#pool.instanceCount }
  }

  /** What a host does about its memory; see `watch/memory-guard.ts`. */
  get memory(): Pick<Pool, 'evictIdle' | 'memory'> {
    return this.#pool
  }

  /** What a tenant gets of this thread's time beside others; see {@link RuntimeOptions.tenantWeights}. */
  weigh(tenant: string, weight: number): void {
    this.#turns.weigh(tenant, weight)
  }

  /** Collects garbage in every idle instance; takes some milliseconds each. */
  collectGarbage(): void {
    this.#pool.collectGarbage()
  }

  /** Closes clients' WebSockets, those that are opened from now on too: before a drain, which waits for none of them. */
  closeSockets(): void {
    this.#pool.closeSockets({ code: 1001, reason: 'The server is going away.' })
  }

  /** Fills the reserve of blank instances now, or has that many in it. */
  async warmUp(blanks?: number): Promise<void> {
    await this.#pool.warmUp(blanks)
  }

  /** Refuses new tasks, ends those that run, frees all. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#pool.close()
    this.#caches.close()
    await this.#fetchers.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  #ownBindings(pieces: PieceSource | undefined): BindingSource {
    const kv = new MemoryKvStore()
    return hostBindings({ router: () => this, pieces, kv: () => kv })
  }
}

/** A paused isolate keeps its thread: it must not be the one that hears what its debugger says. */
function engineExecutor({ executor }: ResolvedOptions, { inspector }: RuntimeParts): ExecutorName {
  if (inspector !== undefined) return 'inspected'
  return executor === 'threads' ? 'threads' : 'inline'
}

const NO_CODE_CACHES: CodeCaches = { make: async () => undefined, close: () => undefined }

function workerNotFound(worker: WorkerId): TaskResult {
  const name =
    typeof worker === 'string' ? worker : `${worker.worker}" of the tenant "${worker.tenant ?? DEFAULT_TENANT}`
  return refusal({ outcome: 'notFound', code: 'WORKER_NOT_FOUND', message: `There is no worker "${name}".` })
}

function followSignal(submitted: SubmittedTask, signal: AbortSignal): void {
  const abandon = (): void => submitted.abandon()
  signal.addEventListener('abort', abandon, { once: true })
  if (submitted instanceof TaskRun) submitted.onEnd = () => signal.removeEventListener('abort', abandon)
}
