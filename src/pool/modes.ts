// A mode is a value: who an isolate belongs to, whether tasks share a context, how many run at once, and whether a task may
// be a client's WebSocket, which would be in the way of all others where they take turns. The pool knows these answers and no mode's name; a fifth mode is one more line.
import type { PreparedVersion } from '../instance/prepared-version.ts'
import type { TaskRun } from '../instance/task-run.ts'
import type { Mode } from '../version.ts'

export interface ModePolicy {
  /** `task`: an isolate of its own. `tenant`: one for all workers of a tenant. `version`: one for each version. */
  readonly isolateBelongsTo: 'task' | 'tenant' | 'version'
  /** `fresh`: each task gets a context nobody used. `warm`: globals stay from task to task. */
  readonly context: 'fresh' | 'warm'
  readonly tasksAtOnce: number
  /** Most isolates of one key. Where tasks take turns there is one, and they keep their order. */
  readonly instances: number
  readonly takesWebSockets: boolean
}

export interface ModeOptions {
  /** Mode `pool` keeps globals between tasks when `warm`. */
  readonly poolContext: 'fresh' | 'warm'
  /** Most tasks under way at once on one instance of mode `persistent`. */
  readonly persistentTasksAtOnce: number
  /** Most instances of one worker in mode `persistent`. */
  readonly persistentReplicas: number
}

/** Which entry, and how it is run. */
export interface Place {
  readonly key: string
  readonly policy: ModePolicy
}

export function modePolicies(options: ModeOptions): Readonly<Record<Mode, ModePolicy>> {
  return {
    worker: { isolateBelongsTo: 'task', context: 'fresh', tasksAtOnce: 1, instances: 1, takesWebSockets: true },
    shared: { isolateBelongsTo: 'tenant', context: 'fresh', tasksAtOnce: 1, instances: 1, takesWebSockets: false },
    pool: {
      isolateBelongsTo: 'version',
      context: options.poolContext,
      tasksAtOnce: 1,
      instances: 1,
      takesWebSockets: false,
    },
    persistent: {
      isolateBelongsTo: 'version',
      context: 'warm',
      tasksAtOnce: options.persistentTasksAtOnce,
      instances: options.persistentReplicas,
      takesWebSockets: true,
    },
  }
}

/** Which entry of the pool serves the run. Versions of different tenants never have the same key. */
export function entryKey(policy: ModePolicy, prepared: PreparedVersion, run: TaskRun): string {
  switch (policy.isolateBelongsTo) {
    case 'version':
      return versionKey(prepared)
    case 'tenant':
      return `${prepared.version.tenant}/*`
    case 'task':
      return `${prepared.key}#${run.id}`
  }
}

export function versionKey(prepared: PreparedVersion): string {
  return prepared.key
}
