// Work for a turn of its own: not in this entry, and not among its promises. Each job is run by an entry on behalf of the
// task that queued it, in order; a task that is over runs no more of them.
import { OP } from '../../bridge/ops.ts'
import { WeakMapConstructor, WeakMapPrototypeGet, WeakMapPrototypeSet } from '../primordials.ts'
import { hostCall } from './host.ts'
import { addPending, assertStarted, nextOpId, type PendingOp, removePending } from './pending-ops.ts'
import { reportException } from './report-exception.ts'
import { currentTask, type TaskScope } from './task-scope.ts'

interface Job {
  readonly run: () => void
  next: Job | undefined
}

/** A list, not an array: there may be any number of them, and they are taken from the front. */
interface Jobs {
  first: Job | undefined
  last: Job | undefined
}

const queues = new WeakMapConstructor<TaskScope, Jobs>()

export function queueTurn(run: () => void): void {
  const task = currentTask
  if (task === undefined || task.ended) return
  let jobs = WeakMapPrototypeGet(queues, task)
  if (jobs === undefined) {
    jobs = { first: undefined, last: undefined }
    WeakMapPrototypeSet(queues, task, jobs)
  }
  const job: Job = { run, next: undefined }
  if (jobs.last !== undefined) {
    jobs.last.next = job
    jobs.last = job
    return
  }
  // One op for all that wait: their number is bounded by the heap, not by the limit of operations.
  askForTurn(task, jobs)
  jobs.first = job
  jobs.last = job
}

function askForTurn(task: TaskScope, jobs: Jobs): void {
  const id = nextOpId()
  assertStarted(hostCall(OP.turn, id))
  const op: PendingOp = {
    id,
    task,
    settle: () => takeTurn(task, jobs),
    abandon() {
      removePending(op)
      jobs.first = undefined
      jobs.last = undefined
    },
  }
  addPending(op)
}

function takeTurn(task: TaskScope, jobs: Jobs): void {
  const job = jobs.first
  if (job === undefined) return
  jobs.first = job.next
  if (jobs.first === undefined) jobs.last = undefined
  else askForTurn(task, jobs)
  try {
    job.run()
  } catch (error) {
    reportException(error)
  }
}
