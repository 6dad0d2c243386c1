// The end of a task as the guest sees it: it was answered, and waits for nothing more.
import { OP } from '../../bridge/ops.ts'
import { hostCall } from '../runtime/host.ts'
import { closeTask, type TaskScope } from '../runtime/task-scope.ts'

/** Whether the answer about to be given is the last the host hears of the task. */
export function isFinal(task: TaskScope): boolean {
  return task.waiting === 0
}

/** Tells the host once nothing is left. */
export function finishTask(task: TaskScope): void {
  if (!task.answered || task.waiting > 0 || task.ended) return
  closeTask(task)
  hostCall(OP.settled, task.id)
}
