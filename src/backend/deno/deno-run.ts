// One run in Deno: told to a process, heard of until it is over, and described. It ends once, by whatever comes first: its
// result, its time limit, its caller, or the end of its process.
import type { LogLine, TaskError } from '../../task.ts'
import type { Outcome } from '../../outcome.ts'
import type { ExecuteOptions, RunResult, Workload } from '../backend.ts'
import type { Done, FromDeno } from './deno-messages.ts'
import type { DenoEnding, DenoProcess } from './deno-process.ts'

export interface DenoRunInit {
  readonly id: number
  readonly workload: Workload
  readonly options: ExecuteOptions
  /** On the clock of `performance.now()`. */
  readonly acceptedMs: number
}

/** How it went, where its process outlived it; otherwise how that ended. */
export type DenoRunEnd =
  | { readonly type: 'over'; readonly result: RunResult }
  | { readonly type: 'lost'; readonly ending: DenoEnding }

interface Failure {
  readonly outcome: Outcome
  readonly error: TaskError
}

export class DenoRun {
  readonly #init: DenoRunInit
  readonly #logs: LogLine[] = []
  readonly #end = Promise.withResolvers<DenoRunEnd>()
  #createMs = 0
  #waitMs = 0
  #loadMs = 0
  #startedMs: number | undefined

  constructor(init: DenoRunInit) {
    this.#init = init
  }

  /** Something of it was seen: to run it again would show. */
  get hasSpoken(): boolean {
    return this.#logs.length > 0
  }

  async runIn(process: DenoProcess): Promise<DenoRunEnd> {
    const { acceptedMs, id, options, workload } = this.#init
    const { input, memoryMb, mode, module, timeoutMs, warmKey } = workload
    const stop = (failure: Failure): void => {
      process.end(id)
      this.#over(failure)
    }
    const cancel = (): void => stop(CANCELED)
    const late = setTimeout(() => stop(tooLong(timeoutMs)), Math.max(1, acceptedMs + timeoutMs - performance.now()))
    options.signal.addEventListener('abort', cancel, { once: true })
    process.run(
      {
        type: 'run',
        id,
        module,
        input: JSON.stringify(input),
        ...(warmKey === undefined ? {} : { key: JSON.stringify([warmKey, mode, memoryMb, module]) }),
      },
      { hear: (message) => this.#hear(message), lost: (ending) => this.#end.resolve({ type: 'lost', ending }) },
    )
    if (options.signal.aborted) cancel()
    const end = await this.#end.promise
    clearTimeout(late)
    options.signal.removeEventListener('abort', cancel)
    return end
  }

  /** For what ended together with its process. */
  describe({ error, outcome }: Failure, done: Partial<Done> = {}): RunResult {
    const { acceptedMs } = this.#init
    const { heapBytes = 0, output } = done
    const endedMs = performance.now()
    const wallMs = endedMs - acceptedMs
    const runMs = done.runMs ?? endedMs - (this.#startedMs ?? endedMs)
    const queueMs = Math.max(0, wallMs - this.#waitMs - this.#loadMs - runMs)
    return {
      outcome,
      ...(outcome === 'ok' ? {} : { error }),
      ...(output === undefined || outcome !== 'ok' ? {} : { output }),
      logs: this.#logs,
      // Deno counts CPU time for its process only.
      usage: { cpuUs: 0, wallMs, queueMs, heapBytes, subrequests: 0, bytesIn: 0, bytesOut: 0, bytesSent: 0 },
      timings: { queueMs, createMs: this.#waitMs, loadMs: this.#loadMs, runMs },
      isolate: { creationMs: this.#createMs, heapBytes },
    }
  }

  #hear(message: FromDeno): void {
    const { options } = this.#init
    switch (message.type) {
      case 'created':
        this.#createMs = message.createMs
        this.#waitMs = message.waitMs
        return
      case 'started':
        this.#loadMs = message.loadMs
        this.#startedMs = performance.now()
        options.started?.()
        return
      case 'log': {
        const line = { level: message.level, message: message.message, timeMs: Date.now() }
        this.#logs.push(line)
        return options.log?.(line)
      }
      case 'done':
        return this.#over(failureOf(message.problem), message)
      default:
    }
  }

  #over(failure: Failure, done?: Partial<Done>): void {
    this.#end.resolve({ type: 'over', result: this.describe(failure, done) })
  }
}

const CANCELED: Failure = {
  outcome: 'canceled',
  error: { code: 'TASK_CANCELED', message: 'The run was canceled.' },
}
const OK: Failure = { outcome: 'ok', error: { code: 'INTERNAL', message: '' } }

function tooLong(timeoutMs: number): Failure {
  const message = `The run took longer than the ${timeoutMs} ms it may. Give it more time, or less to do.`
  return { outcome: 'exceededWallTime', error: { code: 'WALL_TIME_LIMIT', message } }
}

/** Without what is called from. */
function ownFrames(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => !line.includes('(blob:null/'))
    .join('\n')
}

function failureOf(problem: Done['problem']): Failure {
  if (problem === undefined) return OK
  const { kind, message, name } = problem
  const stack = ownFrames(problem.stack)
  switch (kind) {
    case 'load':
      return { outcome: 'loadFailed', error: { code: 'LOAD_FAILED', name, message: `${name}: ${message}`, stack } }
    case 'exception':
      return { outcome: 'exception', error: { code: 'WORKER_EXCEPTION', name, message, stack } }
    case 'output':
      return { outcome: 'exception', error: { code: 'OUTPUT_NOT_SERIALIZABLE', name, message, stack } }
    case 'size':
      return { outcome: 'exception', error: { code: 'RESPONSE_TOO_LARGE', message } }
  }
}
