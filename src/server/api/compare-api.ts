// The same code on several backends, measured. Its runs stand in the line of all executions, and are not remembered.
import { compareBackends, type BackendComparison, type ComparedRuns } from '../../backend/compare.ts'
import { placedError } from '../../executions/stack-positions.ts'
import type { Json } from '../../version.ts'
import type { AdminServer } from '../admin-server.ts'
import { errorReportOf } from '../execution-reports.ts'
import { type ExecutionsApiOptions, MAX_CODE_BODY_BYTES, ownerOf, requestOf, switchedOn } from '../submitted-code.ts'
import {
  BACKEND_NAMES,
  type BackendName,
  type CompareBody,
  compareBody,
  type ComparedBackend,
  type ComparedRuns as RunsReport,
  comparison,
} from './execution-shapes.ts'

const DEFAULT_TIMES = 10
const WITHIN_MS = 60_000

export function addCompareApi(app: AdminServer, options: ExecutionsApiOptions): void {
  app.post(
    '/compare',
    {
      bodyLimit: MAX_CODE_BODY_BYTES,
      config: { access: 'own' },
      schema: { summary: 'Run code on every backend, and measure', body: compareBody, response: { 200: comparison } },
    },
    async (request, reply) => {
      const executions = switchedOn(options)
      const { backends = BACKEND_NAMES, times = DEFAULT_TIMES, ...body }: CompareBody = request.body
      const { program, workload } = await executions.prepare(requestOf(body), ownerOf(request))
      const left = new AbortController()
      reply.raw.once('close', () => left.abort())
      const compared = await compareBackends(workload, {
        backends: [...new Set(backends)],
        times,
        withinMs: WITHIN_MS,
        run: (backend, one) => executions.run(backend, one, left.signal),
      })
      return { results: compared.map((one) => reportOf(one, program.shifts)) }
    },
  )
}

function reportOf(compared: BackendComparison, shifts: Parameters<typeof placedError>[1]): ComparedBackend {
  const { backend, cold, error, output, warm } = compared
  return {
    backend: backend as BackendName,
    cold: runsOf(cold),
    warm: runsOf(warm),
    output: output === undefined ? null : (JSON.parse(output) as Json),
    error: error === undefined ? null : errorReportOf(placedError(error, shifts)),
  }
}

function runsOf(runs: ComparedRuns | undefined): RunsReport | null {
  if (runs === undefined) return null
  const { maxMs, medianMs, minMs, samplesMs } = runs
  return {
    median_ms: rounded(medianMs),
    min_ms: rounded(minMs),
    max_ms: rounded(maxMs),
    samples_ms: samplesMs.map(rounded),
  }
}

/** To microseconds. */
function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
