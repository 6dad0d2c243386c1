// One run in an isolate: its task, what is heard of it meanwhile, and where its time went.
//
// Code that is canceled and does not come out of V8 cannot be told so: its host is ended then, and what others had running
// there runs again, unless something of it was seen. It may: without network a run leaves nothing behind.
import type { HostDeath, ProcessRuntime } from '../../library/process-runtime.ts'
import type { LogLine, TaskResult } from '../../task.ts'
import type { ExecuteOptions, RunResult, Workload } from '../backend.ts'
import { addressOf } from './worker-address.ts'
import type { Creation, Fault, WorkerEvents } from './worker-events.ts'

export interface IsolateRunInit {
  readonly runtime: ProcessRuntime
  readonly events: WorkerEvents
  /** Its name; see `worker-address.ts`. */
  readonly worker: string
  readonly workload: Workload
  readonly options: ExecuteOptions
  readonly host: HostEnder
  /** On the clock of `performance.now()`. */
  readonly acceptedMs: number
}

/** Who ends a host for the sake of one run. */
export interface HostEnder {
  /** How often it has. */
  readonly endings: number
  end(): void
}

/** For code that ends when it is asked to. */
const CANCEL_WITHIN_MS = 100
/** What is told of an isolate that was made comes no later. */
const EVENTS_WITHIN_MS = 100
const DEATH_KNOWN_WITHIN_MS = 1_000
const MAX_ATTEMPTS = 3

interface Death {
  readonly cause: HostDeath['cause']
  readonly fault: Fault
}

const ANOTHERS: Death = { cause: 'killed', fault: 'other' }
const NOBODY_KNOWS: Death = { cause: 'killed', fault: 'unknown' }

const TOO_MUCH_MEMORY = {
  outcome: 'exceededMemory',
  error: {
    code: 'MEMORY_LIMIT',
    message: 'Memory limit: the run took so much at once that its process was ended. Hold less at a time.',
  },
} as const
const TOO_LONG = {
  outcome: 'exceededCpu',
  error: {
    code: 'CPU_LIMIT',
    message:
      'CPU limit: the run did not come out of a call that V8 cannot interrupt, and its process was ended. Do less in one call.',
  },
} as const
/** How a run ended that took its host down, where that is known better than that it did. */
const OWN_ENDINGS: Partial<Record<HostDeath['cause'], Pick<TaskResult, 'outcome' | 'error'>>> = {
  memory: TOO_MUCH_MEMORY,
  oom: TOO_MUCH_MEMORY,
  stuck: TOO_LONG,
  unresponsive: TOO_LONG,
}
const CANCELED = {
  outcome: 'canceled',
  error: {
    code: 'TASK_CANCELED',
    message: 'The run was canceled, and its host ended, as it did not come to an end itself.',
  },
} as const
const NOTHING_MADE: Creation = { createMs: 0, loadMs: 0 }

export class IsolateRun {
  readonly #init: IsolateRunInit
  readonly #created = Promise.withResolvers<Creation>()
  #death: PromiseWithResolvers<Death> = Promise.withResolvers()
  #linesHeard = 0
  #hasStarted = false
  #startedMs = 0

  constructor(init: IsolateRunInit) {
    this.#init = init
  }

  /** @param isFresh - an isolate is made for it */
  async run({ isFresh }: { readonly isFresh: boolean }): Promise<RunResult> {
    const { events, options, worker } = this.#init
    using _listening = events.listen(worker, {
      log: (line) => this.#hear(line),
      created: (creation) => this.#created.resolve(creation),
      hostDied: (cause, fault) => this.#death.resolve({ cause, fault }),
    })
    let timer: NodeJS.Timeout | undefined
    const end = (): void => {
      timer = setTimeout(() => this.#init.host.end(), CANCEL_WITHIN_MS)
    }
    options.signal.addEventListener('abort', end, { once: true })
    const result = await this.#dispatch()
    const endedMs = performance.now()
    clearTimeout(timer)
    options.signal.removeEventListener('abort', end)
    const creation = isFresh && this.#hasStarted ? await this.#creation() : NOTHING_MADE
    return this.#describe(result, { creation, endedMs })
  }

  async #dispatch(): Promise<TaskResult> {
    const { host, options, runtime, worker, workload } = this.#init
    const task = { type: 'execute', input: workload.input } as const
    for (let attempt = 1; ; attempt++) {
      const endings = host.endings
      this.#death = Promise.withResolvers()
      const result = await runtime.dispatch(addressOf(worker), task, {
        signal: options.signal,
        started: () => this.#start(),
      })
      if (result.outcome !== 'hostLost' || options.signal.aborted) return result
      const death = host.endings > endings ? ANOTHERS : await this.#deathOfHost()
      if (death.fault === 'own') return { ...result, ...OWN_ENDINGS[death.cause] }
      if (death.fault === 'unknown' || this.#linesHeard > 0 || attempt === MAX_ATTEMPTS) return result
    }
  }

  /** It is known a moment after the link broke. */
  #deathOfHost(): Promise<Death> {
    const { promise, resolve } = this.#death
    const timer = setTimeout(() => resolve(NOBODY_KNOWS), DEATH_KNOWN_WITHIN_MS)
    return promise.finally(() => clearTimeout(timer))
  }

  #start(): void {
    this.#startedMs = performance.now()
    if (!this.#hasStarted) this.#init.options.started?.()
    this.#hasStarted = true
  }

  #hear(line: LogLine): void {
    this.#linesHeard += 1
    this.#init.options.log?.(line)
  }

  #creation(): Promise<Creation> {
    const timer = setTimeout(() => this.#created.resolve(NOTHING_MADE), EVENTS_WITHIN_MS)
    return this.#created.promise.finally(() => clearTimeout(timer))
  }

  #describe(result: TaskResult, { creation, endedMs }: { creation: Creation; endedMs: number }): RunResult {
    const { acceptedMs, options } = this.#init
    const { createMs, loadMs } = creation
    const { error, logs, output, usage } = result
    for (const line of logs.slice(this.#linesHeard)) this.#hear(line)
    const wholeMs = endedMs - acceptedMs
    const seenMs = this.#hasStarted ? endedMs - this.#startedMs : 0
    // By the host's own clock, where it could tell; what is left of the whole are ways and waits.
    const runMs = usage.wallMs === 0 ? seenMs : Math.min(seenMs, usage.wallMs - usage.queueMs)
    const isCanceled = options.signal.aborted && result.outcome === 'hostLost'
    return {
      ...(isCanceled ? CANCELED : { outcome: result.outcome, ...(error === undefined ? {} : { error }) }),
      ...(output === undefined ? {} : { output }),
      logs,
      usage,
      timings: { queueMs: Math.max(0, wholeMs - createMs - loadMs - runMs), createMs, loadMs, runMs },
      isolate: { creationMs: createMs, heapBytes: usage.heapBytes },
    }
  }
}
