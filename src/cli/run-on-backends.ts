// `isopod run --backend <name>`: code run as the admin port runs it, on one backend or on each in turn, without a server.
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { Backend, RunResult, Workload } from '../backend/backend.ts'
import { createBackends } from '../backend/backends.ts'
import { compareBackends } from '../backend/compare.ts'
import { ProgramReader } from '../backend/program/program-reader.ts'
import { IsopodError } from '../errors.ts'
import type { Settings } from '../config/settings.ts'
import { placedError } from '../executions/stack-positions.ts'
import type { TaskResult } from '../task.ts'
import type { Json } from '../version.ts'

export interface RunOnBackends {
  readonly entry: string
  readonly input: Json
  readonly settings: Settings
  /** Of each kind. */
  readonly times: number
}

export interface MeasuredBackend {
  readonly backend: string
  /** In milliseconds; null where a run did not go well. */
  readonly coldMs: number | null
  readonly warmMs: number | null
  readonly outcome: string
}

/** One run. @param name - `auto`, or one backend's */
export async function runOnBackend(name: string, options: RunOnBackends): Promise<TaskResult> {
  await using parts = await prepare(options)
  const { backend } = parts.backends.choose(name, parts.program)
  const { error, ...result } = await execute(backend, parts.workload)
  return error === undefined ? result : { ...result, error: placedError(error, parts.program.shifts) }
}

/** Medians of each, after one run that starts what there is to start. */
export async function measureBackends(options: RunOnBackends): Promise<MeasuredBackend[]> {
  await using parts = await prepare(options)
  const compared = await compareBackends(parts.workload, {
    backends: parts.backends.all.map(({ name }) => name),
    times: options.times,
    withinMs: Infinity,
    run: (name, workload) => execute(parts.backends.choose(name).backend, workload),
  })
  return compared.map(({ backend, cold, outcome, warm }) => ({
    backend,
    coldMs: cold?.medianMs ?? null,
    warmMs: warm?.medianMs ?? null,
    outcome,
  }))
}

async function prepare({ entry, input, settings }: RunOnBackends) {
  await using stack = new AsyncDisposableStack()
  const reader = stack.use(new ProgramReader())
  const backends = stack.use(createBackends({ reader, concurrency: availableParallelism() }))
  const program = await reader.program(readCode(entry), /\.[mc]?ts$/.test(entry) ? 'typescript' : undefined)
  const workload: Workload = { module: program.module, input, timeoutMs: settings.wallMs, memoryMb: settings.heapMaxMb }
  const held = stack.move()
  return { backends, workload, program, [Symbol.asyncDispose]: () => held.disposeAsync() }
}

function readCode(entry: string): string {
  try {
    return readFileSync(entry, 'utf8')
  } catch (error) {
    throw new IsopodError('ENTRY_NOT_FOUND', `${entry} cannot be read: ${(error as Error).message}`)
  }
}

function execute(backend: Backend, workload: Workload): Promise<RunResult> {
  return backend.execute(workload, { signal: new AbortController().signal })
}
