// What the routes of logs take and answer.
import { z } from 'zod'
import type { LogLine, Task, TaskError } from '../../task.ts'
import type { Outcome } from '../../outcome.ts'

export interface TailQuery {
  readonly tenant?: string
  readonly worker?: string
}

export interface LogQuery extends TailQuery {
  readonly limit: number
}

/** A task that is over. */
export interface TaskReport {
  readonly id: string
  /** When it was over, Unix time in milliseconds. */
  readonly time: number
  readonly tenant: string
  readonly worker: string
  readonly version: string
  readonly type: Task['type']
  readonly outcome: Outcome
  readonly request?: { readonly method: string; readonly url: string }
  readonly status?: number
  readonly error?: TaskError
  readonly cpu_us: number
  readonly wall_ms: number
  readonly logs: readonly { readonly level: LogLine['level']; readonly message: string; readonly time: number }[]
}

export interface TaskList {
  readonly tasks: readonly TaskReport[]
}

/** A line of a tail: a task, how many were too many to be told, or nothing: the connection is kept. */
export type TailLine = TaskReport | { readonly dropped: number } | Readonly<Record<never, never>>

const filter = { tenant: z.string().exactOptional(), worker: z.string().exactOptional() }

export const tailQuery: z.ZodType<TailQuery> = z.strictObject(filter)

export const logQuery: z.ZodType<LogQuery> = z.strictObject({
  ...filter,
  limit: z.coerce.number().int().min(1).max(5000).default(100),
})

export const taskList: z.ZodType<TaskList> = z
  .object({ tasks: z.array(z.looseObject({ id: z.string() }) as unknown as z.ZodType<TaskReport>) })
  .describe('The latest tasks that logged something or failed, newest last.')

export const tailLines: z.ZodType<string> = z.string().describe('Lines of JSON, one for each task as it ends.')
