// The entry that starts a task in the guest.
import { ENTRY } from '../bridge/entries.ts'
import type { Entry } from '../isolate/executor.ts'
import { enteringBody } from './incoming-request.ts'
import type { OpTable } from './op-table.ts'
import type { TaskRun } from './task-run.ts'

export function taskEntry(run: TaskRun, ops: OpTable): Entry {
  const { id, task } = run
  switch (task.type) {
    case 'fetch': {
      const { method, url } = task.request
      return { kind: ENTRY.fetch, id, a: method, b: url, c: enteringBody(run, task.request, ops) }
    }
    case 'scheduled':
      return { kind: ENTRY.scheduled, id, a: task.cron, b: task.scheduledTimeMs }
    case 'execute':
      return { kind: ENTRY.execute, id, a: task.input === undefined ? undefined : JSON.stringify(task.input) }
    case 'load':
      return { kind: ENTRY.load, id, a: run.prepared.envText, b: run.prepared.limits.heapMb, c: run.prepared.clock }
  }
}
