// The result of a run whose code was never seen.
import type { ErrorCode } from '../errors.ts'
import type { Outcome } from '../outcome.ts'
import type { RunResult } from './backend.ts'

interface Reason {
  readonly outcome: Outcome
  readonly code: ErrorCode
  readonly message: string
}

export function notRun({ code, message, outcome }: Reason): RunResult {
  return {
    outcome,
    error: { code, message },
    logs: [],
    usage: {
      cpuUs: 0,
      wallMs: 0,
      queueMs: 0,
      heapBytes: 0,
      subrequests: 0,
      bytesIn: 0,
      bytesOut: 0,
      bytesSent: 0,
    },
    timings: { queueMs: 0, createMs: 0, loadMs: 0, runMs: 0 },
    isolate: { creationMs: 0, heapBytes: 0 },
  }
}
