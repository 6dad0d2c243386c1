// Executions: code that somebody submits, run once on a backend. Each is checked, read as a program, gets its place in the
// line, and is remembered for a while; its owner may look at it and end it. The routes of `server/api/executions-api.ts` ask it.
import { randomBytes } from 'node:crypto'
import type { Backend, RunResult, Workload } from '../backend/backend.ts'
import type { Backends } from '../backend/backends.ts'
import { notRun } from '../backend/not-run.ts'
import type { Program } from '../backend/program/program-module.ts'
import type { ProgramReader } from '../backend/program/program-reader.ts'
import { IsopodError } from '../errors.ts'
import { checkRequest, type ExecutionRequest } from './execution-request.ts'
import { Execution } from './execution.ts'
import { History } from './history.ts'
import { RunPlaces } from './run-places.ts'
import { placedError } from './stack-positions.ts'

export interface ExecutionsOptions {
  readonly backends: Backends
  readonly reader: ProgramReader
  readonly atOnce: number
}

/** Those that are over. */
const MAX_KEPT = 1_000
const MAX_KEPT_BYTES = 16 * 1024 * 1024
/** In the line, for each that runs. */
const WAITING_FOR_EACH = 8
const MAX_OUTPUT_BYTES = 1024 * 1024

export class Executions implements AsyncDisposable {
  readonly backends: Backends
  readonly #reader: ProgramReader
  readonly #places: RunPlaces
  readonly #history = new History({ maxExecutions: MAX_KEPT, maxBytes: MAX_KEPT_BYTES })

  constructor({ atOnce, backends, reader }: ExecutionsOptions) {
    this.backends = backends
    this.#reader = reader
    this.#places = new RunPlaces({ atOnce, waiting: atOnce * WAITING_FOR_EACH })
  }

  /** Somebody will run something soon: the backend that most runs go to starts its process meanwhile. */
  getReady(): void {
    const { backend } = this.backends.choose('auto')
    // Where it cannot, the run says why.
    backend.start().catch(() => undefined)
  }

  /**
   * Resolves when it is accepted.
   *
   * @param owner - the tenant whose it is
   * @throws IsopodError `INVALID_PROGRAM`, `INVALID_OPTION`, `REQUEST_TOO_LARGE`, `QUEUE_FULL`
   */
  async submit(request: ExecutionRequest, owner: string | undefined): Promise<Execution> {
    this.#places.assertRoom()
    const { program, workload } = await this.prepare(request, owner)
    const { backend, reason } = this.backends.choose(request.backend ?? 'auto', program)
    this.#places.assertRoom()
    const { code, mode } = request
    const id = randomBytes(9).toString('base64url')
    const { language, shifts } = program
    const { input } = workload
    const execution = new Execution({ id, owner, code, input, language, backend: backend.name, reason, mode })
    this.#history.add(execution)
    void this.#run(execution, { backend, workload }).then((result) => {
      const { error } = result
      execution.end(error === undefined ? result : { ...result, error: placedError(error, shifts) })
      this.#history.ended(execution)
    })
    return execution
  }

  /**
   * What a backend runs.
   *
   * @throws IsopodError `INVALID_PROGRAM`, `INVALID_OPTION`, `REQUEST_TOO_LARGE`
   */
  async prepare(
    request: ExecutionRequest,
    owner: string | undefined,
  ): Promise<{ readonly workload: Workload; readonly program: Program }> {
    const checked = checkRequest(request)
    const { mode } = request
    const program = await this.#reader.program(request.code, request.language)
    // A mode that keeps isolates keeps them for the same owner's runs of the same code.
    const isKept = mode !== undefined && mode !== 'worker'
    const workload: Workload = {
      ...checked,
      module: program.module,
      ...(mode === undefined ? {} : { mode }),
      ...(isKept ? { warmKey: `of ${owner ?? ''}` } : {}),
    }
    return { workload, program }
  }

  /**
   * One run that is not remembered, in the same line as all others.
   *
   * @param wanted - name of a backend
   * @throws IsopodError `QUEUE_FULL`, `INVALID_OPTION`
   */
  async run(wanted: string, workload: Workload, signal: AbortSignal): Promise<RunResult> {
    const { backend } = this.backends.choose(wanted)
    using place = await this.#places.take(signal)
    return place === undefined ? CANCELED : boundedOutput(await backend.execute(workload, { signal }))
  }

  /** Undefined where there is none that the owner may see; `undefined` may see all. */
  find(id: string, owner: string | undefined): Execution | undefined {
    const execution = this.#history.find(id)
    return owner === undefined || execution?.facts.owner === owner ? execution : undefined
  }

  /** Newest first. */
  list(owner: string | undefined): Execution[] {
    return this.#history.all().filter(({ facts }) => owner === undefined || facts.owner === owner)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const execution of this.#history.all()) execution.cancel()
    await this.backends[Symbol.asyncDispose]()
    this.#reader[Symbol.dispose]()
  }

  /** Never rejects. */
  async #run(
    execution: Execution,
    { backend, workload }: { readonly backend: Backend; readonly workload: Workload },
  ): Promise<RunResult> {
    const { signal } = execution
    try {
      using place = await this.#places.take(signal)
      if (place === undefined) return CANCELED
      execution.start()
      const result = await backend.execute(workload, { signal, log: (line) => execution.log(line) })
      return boundedOutput(result)
    } catch (error) {
      const { code, message } = error instanceof IsopodError ? error : new IsopodError('INTERNAL', String(error))
      return notRun({ outcome: 'loadShed', code, message })
    }
  }
}

const CANCELED = notRun({
  outcome: 'canceled',
  code: 'TASK_CANCELED',
  message: 'The execution was canceled before it began.',
})

function boundedOutput(result: RunResult): RunResult {
  const { output } = result
  const bytes = output === undefined ? 0 : Buffer.byteLength(output)
  if (bytes <= MAX_OUTPUT_BYTES) return result
  const { output: _output, ...rest } = result
  const message = `The output is ${bytes} bytes of JSON, of the ${MAX_OUTPUT_BYTES} it may have. Return less.`
  return { ...rest, outcome: 'exception', error: { code: 'RESPONSE_TOO_LARGE', message } }
}
