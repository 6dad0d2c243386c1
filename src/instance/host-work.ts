// Work that the host does on this thread for a task, beside the task's entries. It keeps the thread from others as an entry
// does, and is charged alike: to the run, and to the turn of its tenant.
import { endEntry, startEntry } from '../isolate/entry-clock.ts'
import type { CallTarget } from './call-target.ts'
import type { TaskRun } from './task-run.ts'

/** Does the work, and charges the run for the time. Within an entry, which counts all that happens in it, only the former. */
export function workFor<T>({ entered, services }: CallTarget, run: TaskRun, work: () => T): T {
  if (entered !== undefined) return work()
  const startMs = startEntry()
  try {
    return work()
  } finally {
    const usedUs = endEntry(startMs)
    run.charge(usedUs)
    services.time.charge(run.prepared.version.tenant, usedUs)
  }
}
