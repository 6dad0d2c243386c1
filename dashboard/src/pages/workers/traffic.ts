// Requests of each worker over the last minutes. The server counts, and keeps no history of single workers: what is shown is
// the difference between its answers since the page was opened.
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { MeasuresReport, WorkerMeasures } from '../../../../src/server/api/measures-shapes.ts'
import type { WorkerParams } from '../../../../src/server/api/worker-shapes.ts'
import { useClient } from '../../api/session.tsx'
import { type Live, useLive } from '../../api/use-live.ts'

const EVERY_MS = 2000
const KEPT_MS = 5 * 60_000
const RATE_OVER_MS = 60_000

interface Sample {
  readonly timeMs: number
  /** Tasks so far, by worker. */
  readonly tasks: ReadonlyMap<string, number>
}

export interface Traffic {
  readonly report: Live<MeasuresReport>
  /** What was counted last, by worker; see {@link measuresOf}. */
  readonly measures: ReadonlyMap<string, WorkerMeasures>
  readonly samples: readonly Sample[]
}

/** When, Unix time in milliseconds, and how many requests a second since the point before. */
export interface RatePoint {
  readonly timeMs: number
  readonly rate: number
}

export function useTraffic(): Traffic {
  const client = useClient()
  const report = useLive(
    useCallback(() => client.measures(), [client]),
    { everyMs: EVERY_MS },
  )
  const [samples, setSamples] = useState<readonly Sample[]>([])
  const { value } = report
  useEffect(() => {
    if (value === undefined) return
    const timeMs = Date.now()
    const tasks = new Map(value.workers.map((row) => [keyOf(row), row.tasks]))
    setSamples((before) => [...before.filter((sample) => sample.timeMs > timeMs - KEPT_MS), { timeMs, tasks }])
  }, [value])
  const measures = useMemo(() => new Map(value?.workers.map((row) => [keyOf(row), row])), [value])
  return { report, measures, samples }
}

/** Undefined where nobody asked the worker since the server started, or too seldom for it to be named. */
export function measuresOf({ measures }: Traffic, worker: WorkerParams): WorkerMeasures | undefined {
  return measures.get(keyOf(worker))
}

/** Requests a second in the last minute, or since the page was opened; undefined before there is anything to compare. */
export function rateOf({ samples }: Traffic, worker: WorkerParams): number | undefined {
  const last = samples.at(-1)
  const first = last === undefined ? undefined : samples.find(({ timeMs }) => timeMs >= last.timeMs - RATE_OVER_MS)
  return first === undefined || last === undefined || first === last ? undefined : rateBetween(first, last, worker)
}

export function ratesOf({ samples }: Traffic, worker: WorkerParams): readonly RatePoint[] {
  return samples.flatMap((sample, place) => {
    const before = samples[place - 1]
    return before === undefined ? [] : [{ timeMs: sample.timeMs, rate: rateBetween(before, sample, worker) }]
  })
}

function rateBetween(from: Sample, to: Sample, worker: WorkerParams): number {
  const key = keyOf(worker)
  const tasks = (to.tasks.get(key) ?? 0) - (from.tasks.get(key) ?? 0)
  // Counts begin anew with the server.
  return Math.max(0, (tasks * 1000) / Math.max(1, to.timeMs - from.timeMs))
}

function keyOf({ tenant, worker }: { readonly tenant: string; readonly worker: string | null }): string {
  return `${tenant}/${worker ?? ''}`
}
