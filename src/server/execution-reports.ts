// Executions and backends as the API shows them.
import type { Backend } from '../backend/backend.ts'
import type { Execution } from '../executions/execution.ts'
import { placeOf } from '../executions/stack-positions.ts'
import type { LogLine, TaskError } from '../task.ts'
import type { Json } from '../version.ts'
import {
  type BackendName,
  type BackendReport,
  type ExecutionError,
  type ExecutionLog,
  type ExecutionReport,
  type ExecutionSummary,
  LANGUAGES,
} from './api/execution-shapes.ts'

export function executionSummaryOf(execution: Execution): ExecutionSummary {
  const { created, durationMs, facts, result, status } = execution
  const { cpuUs = 0, heapBytes = 0, subrequests = 0 } = result?.usage ?? {}
  return {
    id: facts.id,
    status,
    outcome: result?.outcome ?? null,
    duration_ms: rounded(durationMs),
    usage: { cpu_ms: rounded(cpuUs / 1000), heap_bytes: heapBytes, subrequests },
    backend: facts.backend as BackendName,
    isolate: {
      creation_ms: rounded(result?.isolate.creationMs ?? 0),
      heap_bytes: result?.isolate.heapBytes ?? 0,
    },
    created,
    language: facts.language,
  }
}

export function executionReportOf(execution: Execution): ExecutionReport {
  const { created, facts, lineMs, logs, result } = execution
  const { createMs, loadMs, queueMs, runMs } = result?.timings ?? { queueMs: 0, createMs: 0, loadMs: 0, runMs: 0 }
  return {
    ...executionSummaryOf(execution),
    output: result?.output === undefined ? null : (JSON.parse(result.output) as Json),
    error: result?.error === undefined ? null : errorReportOf(result.error),
    logs: logs.map((line) => logReportOf(line, created)),
    reason: facts.reason,
    timings: {
      queue_ms: rounded(lineMs + queueMs),
      create_ms: rounded(createMs),
      load_ms: rounded(loadMs),
      run_ms: rounded(runMs),
    },
    code: facts.code,
    input: facts.input,
  }
}

export function errorReportOf(error: TaskError): ExecutionError {
  const { code, name = null, stack = null } = error
  const message = error.message.replace(LIMIT_NAME, (named: string) => LIMIT_NAMES[named] ?? named)
  const { column = null, line = null } = placeOf(error) ?? {}
  return { code, name, message, stack, line, column }
}

/** What a caller of the API may set, by the names of workers' limits that are set from it. */
const LIMIT_NAMES: Readonly<Record<string, string>> = {
  '"cpuMs"': '"timeout_ms"',
  '"startupCpuMs"': '"timeout_ms"',
  '"wallMs"': '"timeout_ms"',
  '"startupWallMs"': '"timeout_ms"',
  '"heapMb"': '"memory_mb"',
}
const LIMIT_NAME = new RegExp(Object.keys(LIMIT_NAMES).join('|'), 'g')

/** @param created - of its execution, Unix time in milliseconds */
export function logReportOf({ level, message, timeMs }: LogLine, created: number): ExecutionLog {
  return { level, message, time_ms: rounded(Math.max(0, timeMs - created)) }
}

export function backendReportOf(backend: Backend): BackendReport {
  const { isolation, network } = backend.capabilities()
  const { problem = null, restarts, running, runs, state, version } = backend.health()
  return {
    name: backend.name as BackendName,
    available: problem === null,
    reason: problem,
    state,
    languages: LANGUAGES,
    isolation,
    network,
    running,
    runs,
    restarts,
    version,
  }
}

/** To microseconds. */
function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
