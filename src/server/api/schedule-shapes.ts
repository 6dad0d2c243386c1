// What the routes of schedules take and answer.
import { z } from 'zod'

export interface ScheduleBody {
  readonly schedules: readonly {
    readonly cron: string
    /** IANA time zone. */
    readonly zone: string
    /** What becomes of runs that nobody was there for: nothing, or one for all of them. */
    readonly missed: 'skip' | 'once'
  }[]
}

export interface ScheduleReport {
  readonly cron: string
  readonly zone: string
  readonly missed: 'skip' | 'once'
  /** Unix time in milliseconds; null: never again. */
  readonly next_run: number | null
  readonly running: boolean
}

export interface ScheduleList {
  readonly schedules: readonly ScheduleReport[]
}

export interface TriggerBody {
  /** The worker's only one unless given. */
  readonly cron?: string
}

interface Failure {
  readonly code: string
  readonly message: string
}

export interface TaskEndingReport {
  readonly cron: string
  readonly outcome: string
  readonly error?: Failure
}

export interface RunReport {
  readonly cron: string
  readonly zone: string
  readonly cause: string
  /** When it was due, began and was over, Unix time in milliseconds. */
  readonly tick: number
  readonly started: number
  readonly ended: number | null
  readonly outcome: string | null
  readonly error: Failure | null
}

export interface RunList {
  readonly runs: readonly RunReport[]
}

const failure = z.looseObject({ code: z.string(), message: z.string() })
const missed = z.enum(['skip', 'once'])

export const scheduleBody: z.ZodType<ScheduleBody> = z.strictObject({
  schedules: z
    .array(
      z.strictObject({ cron: z.string(), zone: z.string().max(100).default('UTC'), missed: missed.default('skip') }),
    )
    .max(1000),
})

export const scheduleList: z.ZodType<ScheduleList> = z
  .object({
    schedules: z.array(
      z.object({ cron: z.string(), zone: z.string(), missed, next_run: z.number().nullable(), running: z.boolean() }),
    ),
  })
  .describe('When the worker runs.')

export const triggerBody: z.ZodType<TriggerBody> = z.strictObject({ cron: z.string().exactOptional() })

export const taskEnding: z.ZodType<TaskEndingReport> = z
  .object({
    cron: z.string(),
    outcome: z.string(),
    error: failure.exactOptional(),
  })
  .describe('How the run ended.')

export const runList: z.ZodType<RunList> = z
  .object({
    runs: z.array(
      z.object({
        cron: z.string(),
        zone: z.string(),
        cause: z.string(),
        tick: z.number(),
        started: z.number(),
        ended: z.number().nullable(),
        outcome: z.string().nullable(),
        error: failure.nullable(),
      }),
    ),
  })
  .describe('The latest runs, newest first.')
