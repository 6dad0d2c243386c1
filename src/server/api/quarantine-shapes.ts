// What the routes of quarantine and incidents answer.
import { z } from 'zod'
import type { Tier } from '../../stats.ts'
import { TIERS } from './tenant-shapes.ts'
import { type WorkerReport, workerReport } from './worker-shapes.ts'

export interface QuarantineReport {
  readonly tenant: string
  readonly worker: string
  readonly strikes: number
  readonly reason: string
  /** Unix time in milliseconds. */
  readonly until: number
}

export interface QuarantineList {
  readonly quarantine: readonly QuarantineReport[]
}

export interface Lifted {
  /** Whether it was held back. */
  readonly lifted: boolean
}

export interface IncidentReport {
  /** Unix time in milliseconds. */
  readonly time: number
  readonly host: number
  readonly tier: Tier
  readonly pid: number
  readonly cause: string
  readonly signal: string | null
  readonly culprit: WorkerReport | null
  readonly suspects: readonly WorkerReport[]
  readonly detail: string
}

export interface IncidentList {
  readonly incidents: readonly IncidentReport[]
}

export const quarantineList: z.ZodType<QuarantineList> = z
  .object({
    quarantine: z.array(
      z.object({
        tenant: z.string(),
        worker: z.string(),
        strikes: z.number(),
        reason: z.string(),
        until: z.number(),
      }),
    ),
  })
  .describe('Who is held back, why and until when.')

export const lifted: z.ZodType<Lifted> = z.object({ lifted: z.boolean() }).describe('Whether it was held back.')

export const incidentList: z.ZodType<IncidentList> = z
  .object({
    incidents: z.array(
      z.object({
        time: z.number(),
        host: z.number(),
        tier: z.enum(TIERS),
        pid: z.number(),
        cause: z.string(),
        signal: z.string().nullable(),
        culprit: workerReport.nullable(),
        suspects: z.array(workerReport),
        detail: z.string(),
      }),
    ),
  })
  .describe('Deaths of hosts, newest first.')
