// The same program on several backends, in turns, so that what else the machine does falls on all of them alike. Cold: in an
// isolate, or worker, that nobody used; warm: in the one that ran it before. Times are those a caller waits, in milliseconds.
import { randomUUID } from 'node:crypto'
import type { TaskError } from '../task.ts'
import type { RunResult, Workload } from './backend.ts'

export interface CompareOptions {
  /** Names of backends. */
  readonly backends: readonly string[]
  /** Runs of each kind on each. */
  readonly times: number
  /** No further turn begins after so long. */
  readonly withinMs: number
  readonly run: (backend: string, workload: Workload) => Promise<RunResult>
}

export interface ComparedRuns {
  readonly medianMs: number
  readonly minMs: number
  readonly maxMs: number
  /** In the order of the runs. */
  readonly samplesMs: readonly number[]
}

export interface BackendComparison {
  readonly backend: string
  /** Undefined where a run did not go well: `error` says how. */
  readonly cold: ComparedRuns | undefined
  readonly warm: ComparedRuns | undefined
  readonly outcome: RunResult['outcome']
  /** JSON text. */
  readonly output: string | undefined
  readonly error: TaskError | undefined
}

interface Contestant {
  readonly backend: string
  readonly coldMs: number[]
  readonly warmMs: number[]
  /** The first that failed, or the latest. */
  last: RunResult
}

export async function compareBackends(workload: Workload, options: CompareOptions): Promise<BackendComparison[]> {
  const { backends, run, times, withinMs } = options
  const { mode: _mode, warmKey: _warmKey, ...cold } = workload
  const warm: Workload = { ...cold, mode: 'persistent', warmKey: `compare ${randomUUID()}` }
  const endMs = performance.now() + withinMs

  const contestants: Contestant[] = []
  // What starts with the first run counts for none.
  for (const backend of backends) {
    const first = await run(backend, cold)
    const last = first.outcome === 'ok' ? await run(backend, warm) : first
    contestants.push({ backend, coldMs: [], warmMs: [], last })
  }
  for (let turn = 0; turn < times && performance.now() < endMs; turn++) {
    for (const contestant of contestants) {
      await measure(contestant, cold, { run, samplesMs: contestant.coldMs })
      await measure(contestant, warm, { run, samplesMs: contestant.warmMs })
    }
  }
  return contestants.map(({ backend, coldMs, last, warmMs }) => {
    const { error, outcome, output } = last
    const isWell = outcome === 'ok'
    return {
      backend,
      cold: isWell ? summaryOf(coldMs) : undefined,
      warm: isWell ? summaryOf(warmMs) : undefined,
      outcome,
      output,
      error,
    }
  })
}

interface Measuring extends Pick<CompareOptions, 'run'> {
  readonly samplesMs: number[]
}

async function measure(contestant: Contestant, workload: Workload, { run, samplesMs }: Measuring): Promise<void> {
  if (contestant.last.outcome !== 'ok') return
  const startMs = performance.now()
  contestant.last = await run(contestant.backend, workload)
  samplesMs.push(performance.now() - startMs)
}

function summaryOf(samplesMs: readonly number[]): ComparedRuns | undefined {
  const sorted = samplesMs.toSorted((a, b) => a - b)
  const [minMs] = sorted
  const maxMs = sorted.at(-1)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.floor((sorted.length - 1) / 2)]
  if (minMs === undefined || maxMs === undefined || upper === undefined || lower === undefined) return undefined
  return { medianMs: (lower + upper) / 2, minMs, maxMs, samplesMs }
}
