// What the routes of measures take and answer. Counts are of the time since `since`, and never go down.
import { z } from 'zod'
import type { Tier } from '../../stats.ts'
import { TIERS } from './tenant-shapes.ts'

/** By name; what is zero is left out. */
type Named = Readonly<Record<string, number>>

export interface Quantiles {
  /** Null where nothing was measured. */
  readonly p50_ms: number | null
  readonly p90_ms: number | null
  readonly p99_ms: number | null
}

export interface TaskMeasures {
  readonly tasks: number
  /** Those that ended neither well nor because their caller left. */
  readonly errors: number
  readonly outcomes: Named
  /** Those that no instance has run, by code. */
  readonly refused: Named
  /** From acceptance to the end, of those that were not refused. */
  readonly wall: Quantiles
  /** Until an instance had them. */
  readonly wait: Quantiles
  readonly cpu_ms: number
  readonly subrequests: number
  readonly bytes_in: number
  readonly bytes_out: number
  /** Instances made, by where their isolate came from. */
  readonly created: Named
  /** Instances given up, by cause. */
  readonly retired: Named
  readonly collections: number
  readonly freed_bytes: number
}

/** At this moment, over all hosts. */
export interface Standing {
  readonly instances: number
  readonly running: number
  readonly queue_depth: number
  readonly sockets: number
  readonly heap_bytes: number
}

export interface WorkerMeasures extends TaskMeasures, Standing {
  readonly tenant: string
  /** Null for all of the tenant's workers that are seldom asked, together. */
  readonly worker: string | null
}

export interface HostMeasures {
  readonly host: number
  readonly tier: Tier
  /** Share of the time in which its thread was busy, and in workers, of late. */
  readonly utilisation: number
  readonly in_workers: number
  readonly total: number
  readonly cached: number
  readonly capacity: number
  readonly waiting: number
  readonly reserve: number
}

/** What is nobody's in particular: for those who may see everything. */
export interface ServerMeasures {
  readonly hosts: readonly HostMeasures[]
  /** Deaths of hosts, by cause. */
  readonly deaths: Named
  readonly hits: number
  readonly misses: number
  readonly evictions: number
  /** The guest's calls of the host, by name. */
  readonly ops: Named
  /** What making an instance took, by where its isolate came from. */
  readonly creation: Readonly<Record<string, Quantiles>>
  /** Tasks of tenants that are seldom heard of, together. */
  readonly other_tenants: TaskMeasures
}

export interface MeasuresReport {
  /** Unix time in milliseconds. */
  readonly since: number
  readonly total: TaskMeasures & Standing
  readonly workers: readonly WorkerMeasures[]
  readonly server?: ServerMeasures
}

export interface HistoryQuery {
  readonly minutes: number
}

export interface HistorySlice extends Quantiles {
  readonly tasks: number
  readonly outcomes: Named
  readonly cpu_ms: number
  readonly heap_bytes: number
}

export interface HistoryPoint {
  /** When it began, Unix time in milliseconds. */
  readonly time: number
  readonly total: HistorySlice
  /** The busiest first. */
  readonly tenants: readonly (HistorySlice & { readonly tenant: string })[]
  /** All tenants beyond those. */
  readonly others?: HistorySlice
}

export interface MeasuresHistory {
  /** How much time a point covers, in milliseconds; the last may not be over yet. */
  readonly point_ms: number
  readonly points: readonly HistoryPoint[]
}

const named = z.record(z.string(), z.number())
const quantileFields = { p50_ms: z.number().nullable(), p90_ms: z.number().nullable(), p99_ms: z.number().nullable() }
const quantiles = z.object(quantileFields)

const taskFields = {
  tasks: z.number(),
  errors: z.number(),
  outcomes: named,
  refused: named,
  wall: quantiles,
  wait: quantiles,
  cpu_ms: z.number(),
  subrequests: z.number(),
  bytes_in: z.number(),
  bytes_out: z.number(),
  created: named,
  retired: named,
  collections: z.number(),
  freed_bytes: z.number(),
}

const standingFields = {
  instances: z.number(),
  running: z.number(),
  queue_depth: z.number(),
  sockets: z.number(),
  heap_bytes: z.number(),
}

const host = z.object({
  host: z.number(),
  tier: z.enum(TIERS),
  utilisation: z.number(),
  in_workers: z.number(),
  total: z.number(),
  cached: z.number(),
  capacity: z.number(),
  waiting: z.number(),
  reserve: z.number(),
})

const server = z.object({
  hosts: z.array(host),
  deaths: named,
  hits: z.number(),
  misses: z.number(),
  evictions: z.number(),
  ops: named,
  creation: z.record(z.string(), quantiles),
  other_tenants: z.object(taskFields),
})

export const measuresReport: z.ZodType<MeasuresReport> = z
  .object({
    since: z.number(),
    total: z.object({ ...taskFields, ...standingFields }),
    workers: z.array(z.object({ tenant: z.string(), worker: z.string().nullable(), ...taskFields, ...standingFields })),
    server: server.exactOptional(),
  })
  .describe('What was counted since `since`, and how things stand. `server` is for those who may see everything.')

export const historyQuery: z.ZodType<HistoryQuery> = z.strictObject({
  minutes: z.coerce.number().min(1).max(60).default(60),
})

const slice = z.object({
  ...quantileFields,
  tasks: z.number(),
  outcomes: named,
  cpu_ms: z.number(),
  heap_bytes: z.number(),
})

export const measuresHistory: z.ZodType<MeasuresHistory> = z
  .object({
    point_ms: z.number(),
    points: z.array(
      z.object({
        time: z.number(),
        total: slice,
        tenants: z.array(slice.extend({ tenant: z.string() })),
        others: slice.exactOptional(),
      }),
    ),
  })
  .describe('What happened in the last hour, in points, the oldest first.')
