// The tasks that control was told of last, for those who ask what happened, and for those who watch. Bounded, in memory.
import { z } from 'zod'
import type { TaskLogFile } from './task-log-file.ts'
import type { TailFilter, TaskReport } from '../wire/control-messages.ts'

export interface LoggedTask extends TaskReport {
  readonly host: number
}

/** What a watcher is told: a task, or that some were too many. */
export type TailEvent =
  | { readonly type: 'task'; readonly task: LoggedTask }
  | { readonly type: 'dropped'; readonly host: number; readonly count: number }

interface Watcher {
  readonly filter: TailFilter
  tell(event: TailEvent): void
}

const MAX_TASKS = 5_000
const MAX_CHARACTERS = 16 * 1024 * 1024

export class TaskLog {
  #tasks: LoggedTask[] = []
  #characters = 0
  #failed: (error: unknown) => void = () => undefined
  readonly #watchers = new Set<Watcher>()
  readonly #changed: (filters: readonly TailFilter[]) => void

  #file: TaskLogFile | undefined

  /** @param changed - whose tasks are watched from now on */
  constructor(changed: (filters: readonly TailFilter[]) => void) {
    this.#changed = changed
  }

  /** What comes from now on is kept there too; what is there already comes first. @param failed - told of what was not kept */
  keepIn(file: TaskLogFile, failed: (error: unknown) => void): void {
    this.#file = file
    this.#failed = failed
    for (const task of file.latest(MAX_TASKS)) this.#take(task)
  }

  get filters(): readonly TailFilter[] {
    return [...this.#watchers].map(({ filter }) => filter)
  }

  add(host: number, reports: readonly TaskReport[], dropped: number): void {
    const tasks = reports.map((report) => Object.assign({ host }, report))
    for (const task of tasks) {
      this.#take(task)
      for (const { filter, tell } of this.#watchers) if (fits(filter, task)) tell({ type: 'task', task })
    }
    try {
      if (tasks.length > 0) this.#file?.add(tasks)
    } catch (error) {
      this.#failed(error)
    }
    if (dropped > 0) for (const { tell } of this.#watchers) tell({ type: 'dropped', host, count: dropped })
  }

  #take(task: LoggedTask): void {
    this.#tasks.push(task)
    this.#characters += sizeOf(task)
    while (this.#tasks.length > MAX_TASKS || this.#characters > MAX_CHARACTERS) {
      const oldest = this.#tasks.shift()
      if (oldest === undefined) break
      this.#characters -= sizeOf(oldest)
    }
  }

  /** Newest last. */
  list(filter: TailFilter, limit: number): readonly LoggedTask[] {
    return this.#tasks.filter((task) => fits(filter, task)).slice(-limit)
  }

  watch(filter: TailFilter, tell: (event: TailEvent) => void): Disposable {
    const watcher: Watcher = { filter, tell }
    this.#watchers.add(watcher)
    this.#changed(this.filters)
    return {
      [Symbol.dispose]: () => {
        if (this.#watchers.delete(watcher)) this.#changed(this.filters)
      },
    }
  }
}

const taskReport = z.object({
  id: z.number(),
  time: z.number(),
  record: z.looseObject({
    tenant: z.string(),
    worker: z.string(),
    version: z.string(),
    type: z.enum(['fetch', 'scheduled', 'execute']),
    outcome: z.string(),
    request: z.object({ method: z.string(), url: z.string() }).optional(),
    status: z.number().optional(),
    error: z.looseObject({ code: z.string(), message: z.string(), stack: z.string().optional() }).optional(),
    usage: z.looseObject({ cpuUs: z.number(), wallMs: z.number() }),
    logs: z.array(z.object({ level: z.string(), message: z.string(), timeMs: z.number() })),
  }),
})

/** What a host says, as far as it is what it should be, and of workers it may speak for. */
export function toReports(
  said: unknown,
  maySpeakFor: (worker: { readonly tenant: string; readonly worker: string }) => boolean,
): readonly TaskReport[] {
  if (!Array.isArray(said)) return []
  return said.flatMap((each: unknown) => {
    const { data } = taskReport.safeParse(each)
    return data !== undefined && maySpeakFor(data.record) ? [data as unknown as TaskReport] : []
  })
}

function fits({ tenant, worker }: TailFilter, { record }: LoggedTask): boolean {
  return (tenant === undefined || tenant === record.tenant) && (worker === undefined || worker === record.worker)
}

function sizeOf({ record }: LoggedTask): number {
  return record.logs.reduce((sum, { message }) => sum + message.length, 200) + (record.error?.stack?.length ?? 0)
}
