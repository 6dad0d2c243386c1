// Runs programs with Isopod's own engine, in a host process that runs nothing else: confined as hosts are, without network,
// started by the first run. A run without a warm key gets an isolate that nobody used, from the host's reserve.
import { IsopodError } from '../errors.ts'
import { type HostDeath, type HostProcessOptions, ProcessRuntime } from '../library/process-runtime.ts'
import type { Bundle } from '../version.ts'
import type { Backend, Capabilities, ExecuteOptions, Health, RunResult, Workload } from './backend.ts'
import { IsolateRun } from './isolates/isolate-run.ts'
import { WarmWorkers } from './isolates/warm-workers.ts'
import { addressOf, workerName } from './isolates/worker-address.ts'
import { WorkerEvents } from './isolates/worker-events.ts'
import { notRun } from './not-run.ts'

export interface IsolateBackendOptions {
  /** Most runs at once. */
  readonly concurrency: number
  /** Makes of a module what an isolate runs. It reads what strangers wrote: not in this process, unless they are trusted. */
  readonly bundle: (module: string) => Promise<Bundle>
  /** A host that had so many is replaced when nothing runs: what each leaves behind adds up. Default 5,000. */
  readonly runsOfHost?: number
  readonly host?: Pick<HostProcessOptions, 'sandbox' | 'user'>
}

const MAX_TIMEOUT_MS = 60_000
const MAX_MEMORY_MB = 256
/** Isolates take turns on one thread: longer, and one run would be all that others see. */
const MAX_CPU_MS = 5_000
const MAX_WARM_VERSIONS = 32
/** Blank isolates kept ready, of the heap that runs have unless they say otherwise. */
const RESERVE = 4
const RESERVE_HEAP_MB = 50
/** For the programs of the host itself. */
const HOST_OWN_MB = 256
const RUNS_OF_HOST = 5_000
const LOG_BYTES = 256 * 1024

export class IsolateBackend implements Backend {
  readonly name = 'isolate'
  readonly #options: IsolateBackendOptions
  readonly #events = new WorkerEvents()
  readonly #warm: WarmWorkers
  readonly #host = {
    endings: 0,
    end: (): void => {
      this.#host.endings += 1
      this.#restarts += 1
      this.#started?.then((runtime) => runtime.endHost()).catch(() => undefined)
    },
  }
  #started: Promise<ProcessRuntime> | undefined
  #isRunning = false
  #problem: string | undefined
  #running = 0
  #runs = 0
  #runsOfHost = 0
  #restarts = 0
  /** Each has a name of its own, also where several come at once. */
  #lastCold = 0

  constructor(options: IsolateBackendOptions) {
    this.#options = options
    this.#warm = new WarmWorkers({
      most: MAX_WARM_VERSIONS,
      load: async (name, workload) => this.#load(await this.#runtime(), name, workload),
      remove: (name) => void this.#remove(name),
    })
  }

  capabilities(): Capabilities {
    return {
      isolation: 'A V8 isolate for each run, in a confined process that runs nothing else.',
      network: 'None: every address is refused.',
      concurrency: this.#options.concurrency,
      maxTimeoutMs: MAX_TIMEOUT_MS,
      maxMemoryMb: MAX_MEMORY_MB,
    }
  }

  async start(): Promise<void> {
    await this.#runtime()
  }

  async execute(workload: Workload, options: ExecuteOptions): Promise<RunResult> {
    if (this.#running >= this.#options.concurrency) {
      const message = `${this.#running} runs are under way, as many as may. Try again when one has ended.`
      return notRun({ outcome: 'loadShed', code: 'QUEUE_FULL', message })
    }
    this.#running += 1
    this.#runs += 1
    try {
      return await this.#execute(workload, options)
    } catch (error) {
      return failed(error)
    } finally {
      this.#running -= 1
      this.#runsOfHost += 1
      if (this.#running === 0) this.#renewIfWorn()
    }
  }

  health(): Health {
    return {
      state: this.#problem !== undefined ? 'failed' : this.#isRunning ? 'running' : 'idle',
      running: this.#running,
      runs: this.#runs,
      restarts: this.#restarts,
      version: `V8 ${process.versions.v8}`,
      ...(this.#problem === undefined ? {} : { problem: this.#problem }),
    }
  }

  async stop(): Promise<void> {
    const started = this.#started
    this.#started = undefined
    this.#isRunning = false
    this.#warm.forget()
    const runtime = await started?.catch(() => undefined)
    await runtime?.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  async #execute(workload: Workload, options: ExecuteOptions): Promise<RunResult> {
    const acceptedMs = performance.now()
    const runtime = await this.#runtime()
    using place = workload.warmKey === undefined ? await this.#coldPlace(workload) : await this.#warm.take(workload)
    const run = new IsolateRun({
      runtime,
      events: this.#events,
      host: this.#host,
      worker: place.name,
      workload,
      options,
      acceptedMs,
    })
    // The place is given up when this is over.
    return await run.run({ isFresh: place.isFresh || workload.mode === undefined || workload.mode === 'worker' })
  }

  async #coldPlace(workload: Workload): Promise<Disposable & { readonly name: string; readonly isFresh: boolean }> {
    this.#lastCold += 1
    const name = workerName(`run-${this.#lastCold}`, workload.mode)
    await this.#load(await this.#runtime(), name, workload)
    return { name, isFresh: true, [Symbol.dispose]: () => void this.#remove(name) }
  }

  #runtime(): Promise<ProcessRuntime> {
    this.#started ??= this.#tryToStart()
    return this.#started
  }

  #renewIfWorn(): void {
    const worn = this.#started
    if (worn === undefined || this.#runsOfHost < (this.#options.runsOfHost ?? RUNS_OF_HOST)) return
    this.#runsOfHost = 0
    this.#warm.forget()
    this.#started = this.#tryToStart()
    // Whoever runs next hears of it.
    this.#started.catch(() => undefined)
    worn.then((runtime) => runtime.close()).catch(() => undefined)
  }

  async #tryToStart(): Promise<ProcessRuntime> {
    try {
      return await this.#start()
    } catch (error) {
      this.#started = undefined
      this.#problem = error instanceof Error ? error.message : String(error)
      throw error
    }
  }

  async #start(): Promise<ProcessRuntime> {
    const { concurrency, host } = this.#options
    const heapsMb = concurrency * MAX_MEMORY_MB
    const runtime = new ProcessRuntime(
      {
        mode: 'worker',
        network: { deny: ['*'] },
        limits: { heapMb: RESERVE_HEAP_MB, wallMs: MAX_TIMEOUT_MS, logBytes: LOG_BYTES },
        reserveSize: RESERVE,
        persistentReplicas: 1,
        memoryBudgetMb: heapsMb + MAX_WARM_VERSIONS * RESERVE_HEAP_MB,
        observer: this.#events.observer,
      },
      { ...host, memoryMb: heapsMb + HOST_OWN_MB, hostDied: (death) => this.#hostDied(death) },
    )
    await runtime.warmUp()
    this.#isRunning = true
    this.#problem = undefined
    return runtime
  }

  #hostDied(death: HostDeath): void {
    this.#restarts += 1
    this.#events.hostDied(death)
  }

  async #load(runtime: ProcessRuntime, name: string, workload: Workload): Promise<void> {
    const { memoryMb, mode = 'worker', module, timeoutMs } = workload
    const cpuMs = Math.min(timeoutMs, MAX_CPU_MS)
    await runtime.load(
      {
        ...addressOf(name),
        mode,
        bundle: await this.#options.bundle(module),
        limits: { cpuMs, startupCpuMs: cpuMs, wallMs: timeoutMs, startupWallMs: timeoutMs, heapMb: memoryMb },
      },
      { start: 'on-demand' },
    )
  }

  async #remove(name: string): Promise<void> {
    try {
      const runtime = await this.#started
      await runtime?.remove(addressOf(name))
    } catch {
      // It is gone with its runtime, or will be.
    }
  }
}

function failed(error: unknown): RunResult {
  const { code, message } =
    error instanceof IsopodError ? error : new IsopodError('HOST_FAILED', `It could not be run: ${String(error)}`)
  const isOurs = code === 'HOST_FAILED' || code === 'HOST_LOST' || code === 'SANDBOX_UNAVAILABLE'
  return notRun({ outcome: isOurs ? 'hostLost' : 'loadFailed', code, message })
}
