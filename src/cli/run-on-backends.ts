// `isopod run --backend <name>`: code run as the admin port runs it, on one backend or on each in turn, without a server.
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { Backend, RunResult, Workload } from '../backend/backend.ts'
import { createBackends } from '../backend/backends.ts'
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
  const { backend } = parts.backends.choose(name)
  const { error, ...result } = await execute(backend, parts.workload)
  return error === undefined ? result : { ...result, error: placedError(error, parts.shifts) }
}

/** Medians of each, after one run that starts what there is to start. */
export async function measureBackends(options: RunOnBackends): Promise<MeasuredBackend[]> {
  await using parts = await prepare(options)
  const measured: MeasuredBackend[] = []
  for (const backend of parts.backends.all) {
    const { outcome } = await execute(backend, parts.workload)
    const coldMs = outcome === 'ok' ? await medianOf(backend, parts.workload, options.times) : null
    const warm: Workload = { ...parts.workload, mode: 'persistent', warmKey: 'run' }
    if (outcome === 'ok') await execute(backend, warm)
    const warmMs = outcome === 'ok' ? await medianOf(backend, warm, options.times) : null
    measured.push({ backend: backend.name, coldMs, warmMs, outcome })
  }
  return measured
}

async function prepare({ entry, input, settings }: RunOnBackends) {
  await using stack = new AsyncDisposableStack()
  const reader = stack.use(new ProgramReader())
  const backends = stack.use(createBackends({ reader, concurrency: availableParallelism() }))
  const { module, shifts } = await reader.program(readCode(entry), /\.[mc]?ts$/.test(entry) ? 'typescript' : undefined)
  const workload: Workload = { module, input, timeoutMs: settings.wallMs, memoryMb: settings.heapMaxMb }
  const held = stack.move()
  return { backends, workload, shifts, [Symbol.asyncDispose]: () => held.disposeAsync() }
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

async function medianOf(backend: Backend, workload: Workload, times: number): Promise<number | null> {
  const samplesMs: number[] = []
  for (let run = 0; run < times; run++) {
    const startMs = performance.now()
    const { outcome } = await execute(backend, workload)
    if (outcome !== 'ok') return null
    samplesMs.push(performance.now() - startMs)
  }
  return samplesMs.toSorted((a, b) => a - b)[Math.floor(times / 2)] ?? null
}
