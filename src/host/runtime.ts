// The engine room as one object: versions, a pool, and the tasks that go through it. The library's API and the HTTP
// ingress are two doors to it.
import { IsopodError } from '../errors.ts'
import { bodyTooLarge } from '../instance/incoming-request.ts'
import { type PreparedVersion, prepareVersion } from '../instance/prepared-version.ts'
import { type TaskCaller, TaskRun } from '../instance/task-run.ts'
import { CodeCacheMaker } from '../isolate/code-cache-maker.ts'
import { assertEngineFlags } from '../isolate/engine-flags.ts'
import { Fetchers } from '../ops/fetchers.ts'
import { Pool } from '../pool/pool.ts'
import type { PoolStats } from '../pool/pool-stats.ts'
import type { Outcome } from '../outcome.ts'
import type { Task, TaskError, TaskResult } from '../task.ts'
import type { Version } from '../version.ts'
import { assertVersion } from './check-version.ts'
import { assertTask } from './check-task.ts'
import { DEFAULT_TENANT, Registry, type WorkerId } from './registry.ts'
import { resolveOptions, type ResolvedOptions, type RuntimeOptions } from './runtime-options.ts'

/** A version as callers give it: tenant and id have defaults. */
export type VersionInit = Omit<Version, 'tenant' | 'id'> & Partial<Pick<Version, 'tenant' | 'id'>>

export interface LoadOptions {
  /** `now` (default): load it, and fail if it cannot be loaded. `on-demand`: its first task loads it. */
  readonly start?: 'now' | 'on-demand'
}

export interface DispatchOptions {
  /** The caller goes away: a waiting task gives up its place, a running one is canceled. */
  readonly signal?: AbortSignal
}

export class Runtime implements AsyncDisposable {
  readonly #options: ResolvedOptions
  readonly #registry = new Registry()
  readonly #pool: Pool
  readonly #fetchers: Fetchers
  readonly #caches = new CodeCacheMaker()
  #versionCount = 0
  #closed = false

  constructor(options: RuntimeOptions = {}) {
    assertEngineFlags()
    this.#options = resolveOptions(options)
    const { network, observer, limits } = this.#options
    this.#fetchers = new Fetchers({ nameServers: network.nameServers })
    this.#pool = new Pool({
      ...this.#options,
      services: { fetchers: this.#fetchers, observer },
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
   *
   * @example
   * await using runtime = createRuntime()
   * const bundle = bundleSource('export default (_input, env) => env.greeting')
   * await runtime.load({ worker: 'app', bundle, env: { greeting: 'hello' }, limits: { heapMb: 32 } })
   * console.log(runtime.workers().length) // → 1
   */
  async load(init: VersionInit, { start = 'now' }: LoadOptions = {}): Promise<void> {
    if (this.#closed) throw new IsopodError('RUNTIME_CLOSED')
    this.#versionCount += 1
    const version: Version = { ...init, tenant: init.tenant ?? DEFAULT_TENANT, id: init.id ?? `v${this.#versionCount}` }
    assertVersion(version)
    const prepared = prepareVersion(version, this.#options)
    // Ready for the instances after the first.
    void this.#caches.make(version.bundle.script).then((cache) => {
      prepared.codeCache = cache
    })
    if (start === 'now') {
      const failure = await this.#pool.preload(prepared)
      if (failure !== undefined) {
        const { code, message, name, stack } = failure.error
        const shown = name === undefined ? message : `${name}: ${message}`
        throw new IsopodError(code, stack ?? shown)
      }
      if (this.#closed) throw new IsopodError('RUNTIME_CLOSED')
    }
    const replaced = this.#registry.set(prepared)
    if (replaced !== undefined) this.#pool.replace(replaced)
  }

  /** Forgets a worker; its tasks finish. Returns whether there was one. */
  remove(worker: WorkerId): boolean {
    const prepared = this.#registry.find(worker)
    if (prepared === undefined) return false
    this.#registry.delete(prepared)
    this.#pool.replace(prepared)
    return true
  }

  workers(): readonly { readonly tenant: string; readonly worker: string; readonly version: string }[] {
    return this.#registry.names()
  }

  /** The version that answers for a worker at present. */
  find(worker: WorkerId): PreparedVersion | undefined {
    return this.#registry.find(worker)
  }

  /** The same by checked parts, for a router. */
  lookUp({ tenant, worker }: { readonly tenant: string; readonly worker: string }): PreparedVersion | undefined {
    return this.#registry.get(tenant, worker)
  }

  /**
   * Runs one task and resolves when it is answered: with the response's head and body, an output, or an outcome that
   * says why not. Never rejects for what a worker does.
   *
   * @throws IsopodError `INVALID_WORKER_ID`, `INVALID_TASK`
   *
   * @example
   * await using runtime = createRuntime()
   * await runtime.load({ worker: 'app', bundle: bundleSource('export default { fetch: () => Response.json([1, 2]) }') })
   * const request = { method: 'GET', url: 'http://app.localhost/', headers: [] }
   * const { response, body, usage } = await runtime.dispatch('app', { type: 'fetch', request })
   * console.log(response?.status, body, usage.subrequests) // → 200 [1,2] 0
   */
  dispatch(worker: WorkerId, task: Task, { signal }: DispatchOptions = {}): Promise<TaskResult> {
    return new Promise((resolve) => {
      const prepared = this.#registry.find(worker)
      assertTask(task)
      if (prepared === undefined) {
        resolve(workerNotFound(worker))
        return
      }
      if (signal?.aborted === true) {
        resolve(
          notStarted('canceled', {
            code: 'TASK_CANCELED',
            message: 'The caller went away before the task had started.',
          }),
        )
        return
      }
      const run = this.submit(prepared, task, { settled: resolve })
      if (signal !== undefined && run.state !== 'ended') followSignal(run, signal)
    })
  }

  /** The callback form of {@link dispatch}, for those who already looked up the version. */
  submit(prepared: PreparedVersion, task: Task, caller: TaskCaller): TaskRun {
    const run = new TaskRun(prepared, task, caller, this.#options.observer)
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

  /** Collects garbage in every idle instance; takes some milliseconds each. */
  collectGarbage(): void {
    this.#pool.collectGarbage()
  }

  /** Fills the reserve of blank instances now. */
  async warmUp(): Promise<void> {
    await this.#pool.warmUp()
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
}

/**
 * A runtime with everything at its defaults, or as the options say. The process must have been started with the engine's
 * flags.
 *
 * @throws IsopodError `INVALID_OPTION`, `ENGINE_FLAGS`
 *
 * @example
 * await using runtime = createRuntime({ mode: 'pool', limits: { cpuMs: 50 } })
 * await runtime.load({ worker: 'hello', bundle: bundleSource('export default (name) => "hello " + name') })
 * const { outcome, output } = await runtime.dispatch('hello', { type: 'execute', input: 'Ada' })
 * console.log(outcome, output) // → ok "hello Ada"
 */
export function createRuntime(options?: RuntimeOptions): Runtime {
  return new Runtime(options)
}

function workerNotFound(worker: WorkerId): TaskResult {
  const name =
    typeof worker === 'string' ? worker : `${worker.worker}" of the tenant "${worker.tenant ?? DEFAULT_TENANT}`
  return notStarted('notFound', { code: 'WORKER_NOT_FOUND', message: `There is no worker "${name}".` })
}

function notStarted(outcome: Outcome, error: TaskError): TaskResult {
  const usage = { cpuUs: 0, wallMs: 0, queueMs: 0, heapBytes: 0, subrequests: 0, bytesIn: 0, bytesOut: 0 }
  return { outcome, error, usage, logs: [] }
}

function followSignal(run: TaskRun, signal: AbortSignal): void {
  const abandon = (): void => run.abandon()
  signal.addEventListener('abort', abandon, { once: true })
  run.onEnd = () => signal.removeEventListener('abort', abandon)
}
