// What the routes of hosts and their pools answer.
import { z } from 'zod'
import type { Tier } from '../../stats.ts'
import { MODES, type Mode } from '../../version.ts'
import { TIERS } from './tenant-shapes.ts'

export interface HostReport {
  readonly id: number
  /** None for the process that waits to take the place of a host. */
  readonly tier: Tier | null
  readonly pid: number
  readonly state: string
  readonly uptime_ms: number
  readonly loop_lag_ms: number
  readonly rss_bytes: number
  readonly instances: number
  readonly running: number
  readonly restarts: number
}

export interface HostList {
  readonly hosts: readonly HostReport[]
}

export interface Reloaded {
  readonly reloaded: true
}

export interface EntryReport {
  /** Host and tier are missing where there is one process only. */
  readonly host?: number
  readonly tier?: Tier
  readonly tenant: string
  readonly worker: string
  readonly version: string
  readonly mode: Mode
  readonly state: string
  readonly age_ms: number
  readonly tasks_served: number
  readonly running: number
  readonly queue_depth: number
  readonly open_ops: number
  readonly sockets: number
  readonly heap_bytes: number
}

export interface PoolReport {
  readonly total: number
  readonly cached: number
  readonly capacity: number
  readonly hit_rate: number
  readonly hits: number
  readonly misses: number
  readonly evictions: number
  readonly waiting: number
  readonly reserve: number
  readonly entries: readonly EntryReport[]
}

export const hostList: z.ZodType<HostList> = z
  .object({
    hosts: z.array(
      z.object({
        id: z.number(),
        tier: z.enum(TIERS).nullable(),
        pid: z.number(),
        state: z.string(),
        uptime_ms: z.number(),
        loop_lag_ms: z.number(),
        rss_bytes: z.number(),
        instances: z.number(),
        running: z.number(),
        restarts: z.number(),
      }),
    ),
  })
  .describe('Every host process, and those that wait to become one.')

/** What is sent is of no meaning: only that it is JSON. */
export const reloadBody: z.ZodType<object> = z.looseObject({})

export const reloaded: z.ZodType<Reloaded> = z
  .object({ reloaded: z.literal(true) })
  .describe('Every host was replaced.')

const entryReport = z.object({
  host: z.number().exactOptional(),
  tier: z.enum(TIERS).exactOptional(),
  tenant: z.string(),
  worker: z.string(),
  version: z.string(),
  mode: z.enum(MODES),
  state: z.string(),
  age_ms: z.number(),
  tasks_served: z.number(),
  running: z.number(),
  queue_depth: z.number(),
  open_ops: z.number(),
  sockets: z.number(),
  heap_bytes: z.number(),
})

export const poolReport: z.ZodType<PoolReport> = z
  .object({
    total: z.number(),
    cached: z.number(),
    capacity: z.number(),
    hit_rate: z.number(),
    hits: z.number(),
    misses: z.number(),
    evictions: z.number(),
    waiting: z.number(),
    reserve: z.number(),
    entries: z.array(entryReport),
  })
  .describe('The pools of all hosts as one.')
