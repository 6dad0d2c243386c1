// Runs programs in Deno: a Web Worker without permissions for each run, in a process that Isopod starts, watches and replaces.
//
// A heap that is full ends Deno's whole process, and so does Isopod where a worker cannot be stopped. Whoever ran there beside
// the culprit runs once more, in a process of its own, unless something of it was seen: then it ends as `recycled`. The
// same, alone, tells a culprit among several: without network a run leaves nothing behind, so it may.
import { Backoff } from '../../supervisor/backoff.ts'
import type { Backend, Capabilities, ExecuteOptions, Health, RunResult, Workload } from '../backend.ts'
import { notRun } from '../not-run.ts'
import { DENO_MISSING, findDeno } from './deno-binary.ts'
import { type DenoEnding, DenoProcess } from './deno-process.ts'
import { DenoRun } from './deno-run.ts'

export interface DenoBackendOptions {
  /** Most runs at once. */
  readonly concurrency: number
  /** Path of the binary; that of the npm package unless given, if it is installed. */
  readonly binary?: string
  /** A process is replaced after so many. */
  readonly runsPerProcess?: number
}

const MAX_TIMEOUT_MS = 60_000
const MAX_MEMORY_MB = 256
const RUNS_PER_PROCESS = 1_000
/** One for each heap limit that runs have; the one that was used least recently goes. */
const MAX_PROCESSES = 2

export class DenoBackend implements Backend {
  readonly name = 'deno'
  readonly #concurrency: number
  readonly #binary: string | undefined
  readonly #runsPerProcess: number
  readonly #backoff = new Backoff()
  /** By heap limit in MiB, the most recently used last. */
  readonly #processes = new Map<number, DenoProcess>()
  /** With those that are to end when their runs have. */
  readonly #all = new Set<DenoProcess>()
  #version = 'unknown'
  #problem: string | undefined
  #running = 0
  #runs = 0
  #restarts = 0

  constructor({ binary = findDeno(), concurrency, runsPerProcess = RUNS_PER_PROCESS }: DenoBackendOptions) {
    this.#concurrency = concurrency
    this.#binary = binary
    this.#runsPerProcess = runsPerProcess
    if (binary === undefined) this.#problem = DENO_MISSING
  }

  capabilities(): Capabilities {
    return {
      isolation: 'A Web Worker without permissions for each run; those at the same time share a process of Deno.',
      network: 'None: workers have no permissions.',
      concurrency: this.#concurrency,
      maxTimeoutMs: MAX_TIMEOUT_MS,
      maxMemoryMb: MAX_MEMORY_MB,
    }
  }

  async start(): Promise<void> {
    await this.#process(50)
  }

  async execute(workload: Workload, options: ExecuteOptions): Promise<RunResult> {
    if (this.#running >= this.#concurrency) {
      const message = `${this.#running} runs are under way, as many as may. Try again when one has ended.`
      return notRun({ outcome: 'loadShed', code: 'QUEUE_FULL', message })
    }
    this.#running += 1
    this.#runs += 1
    try {
      return await this.#execute(workload, options)
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      return notRun({ outcome: 'hostLost', code: 'HOST_FAILED', message })
    } finally {
      this.#running -= 1
    }
  }

  health(): Health {
    return {
      state: this.#problem !== undefined ? 'failed' : this.#processes.size > 0 ? 'running' : 'idle',
      running: this.#running,
      runs: this.#runs,
      restarts: this.#restarts,
      version: `Deno ${this.#version}`,
      ...(this.#problem === undefined ? {} : { problem: this.#problem }),
    }
  }

  async stop(): Promise<void> {
    this.#processes.clear()
    await Promise.all([...this.#all].map((process) => process[Symbol.asyncDispose]()))
    this.#all.clear()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  async #execute(workload: Workload, options: ExecuteOptions): Promise<RunResult> {
    const run = new DenoRun({ id: this.#runs, workload, options, acceptedMs: performance.now() })
    const process = await this.#process(workload.memoryMb)
    const end = await run.runIn(process)
    this.#retire(process)
    if (end.type === 'over') return end.result
    const wasAlone = end.ending === 'memory' && process.mostAtOnce === 1
    if (wasAlone || end.ending === 'stopped' || run.hasSpoken)
      return run.describe(lost(end.ending, { workload, wasAlone }))
    return await this.#again(workload, options)
  }

  /** In a process that runs nothing else. */
  async #again(workload: Workload, options: ExecuteOptions): Promise<RunResult> {
    const run = new DenoRun({ id: this.#runs, workload, options, acceptedMs: performance.now() })
    await using process = this.#spawn(workload.memoryMb)
    await process.ready
    const end = await run.runIn(process)
    return end.type === 'over' ? end.result : run.describe(lost(end.ending, { workload, wasAlone: true }))
  }

  async #process(memoryMb: number): Promise<DenoProcess> {
    const known = this.#processes.get(memoryMb)
    this.#processes.delete(memoryMb)
    if (known !== undefined && !known.hasEnded) {
      this.#processes.set(memoryMb, known)
      await known.ready
      return known
    }
    if (known !== undefined) this.#restarts += 1
    const delayMs = this.#backoff.delayMs(performance.now())
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs))
    const process = this.#processes.get(memoryMb) ?? this.#spawn(memoryMb)
    this.#processes.set(memoryMb, process)
    this.#evict()
    this.#version = await process.ready.catch((error: Error) => {
      this.#problem = error.message
      throw error
    })
    this.#problem = undefined
    return process
  }

  #spawn(memoryMb: number): DenoProcess {
    if (this.#binary === undefined) throw new Error(DENO_MISSING)
    const process = new DenoProcess({
      deno: this.#binary,
      memoryMb,
      ended: (ending) => {
        this.#all.delete(process)
        if (ending === 'stopped') return
        this.#backoff.died(performance.now())
        if (this.#backoff.isLoop(performance.now())) this.#problem = 'Deno keeps ending. Its next run starts it again.'
      },
    })
    this.#all.add(process)
    return process
  }

  #evict(): void {
    if (this.#processes.size <= MAX_PROCESSES) return
    const [oldest] = this.#processes
    if (oldest !== undefined) this.#letGo(...oldest)
  }

  /** Nobody knows what a process keeps of its runs. */
  #retire(process: DenoProcess): void {
    if (process.started >= this.#runsPerProcess) {
      for (const [memoryMb, other] of this.#processes) if (other === process) this.#letGo(memoryMb, process)
    }
    const isKept = [...this.#processes.values()].includes(process)
    if (!isKept && process.running === 0) process.kill('stopped')
  }

  #letGo(memoryMb: number, process: DenoProcess): void {
    this.#processes.delete(memoryMb)
    if (process.running === 0) process.kill('stopped')
  }
}

interface Circumstances {
  readonly workload: Workload
  readonly wasAlone: boolean
}

function lost(ending: DenoEnding, { wasAlone, workload }: Circumstances): Parameters<DenoRun['describe']>[0] {
  if (ending === 'memory' && wasAlone) {
    const message = `The run used more memory than the ${workload.memoryMb} MiB it may. Give it more, or less to hold.`
    return { outcome: 'exceededMemory', error: { code: 'MEMORY_LIMIT', message } }
  }
  if (ending === 'memory' || ending === 'stuck') {
    const message = 'The process of Deno was ended for the sake of another run in it. Run it again.'
    return { outcome: 'recycled', error: { code: 'RECYCLED', message } }
  }
  const message = ending === 'stopped' ? 'The backend was stopped.' : 'The process of Deno ended while it ran.'
  return { outcome: 'hostLost', error: { code: 'HOST_LOST', message } }
}
