// A task that nobody waits for at a port, run until nothing of it is left: what counts is its record, in which a failure
// of its `waitUntil` shows.
import type { AskedTask, TaskEnding } from '../../wire/control-messages.ts'
import type { TaskError, TaskRecord } from '../../task.ts'
import type { Destination, SubmittedTask } from '../destination.ts'

export interface TaskToEnd {
  readonly task: AskedTask
  /** The worker's code is about to see it. */
  readonly started: () => void
}

export function runToEnd(destination: Destination, { started, task }: TaskToEnd): Promise<TaskEnding> {
  return new Promise((resolve) => {
    const submitted: SubmittedTask = destination.submit(task, {
      started,
      settled: (result) => {
        // What was refused has no record. Whether it was shows when the call that refuses it is over.
        setImmediate(() => {
          if (submitted.isOver) resolve(endingOf(result))
        })
      },
      ended: (record) => resolve(endingOf(record)),
    })
  })
}

function endingOf({ error, outcome }: Pick<TaskRecord, 'outcome'> & { readonly error?: TaskError }): TaskEnding {
  if (error === undefined) return { outcome }
  const { code, message, name } = error
  return { outcome, error: { code, message: name === undefined ? message : `${name}: ${message}` } }
}
