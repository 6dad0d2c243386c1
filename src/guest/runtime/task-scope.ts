// What the guest knows of one task. The host is the authority: these scopes only decide which promise to settle next.
// `currentTask` is the task on whose behalf the present entry was made; operations started meanwhile belong to it.
import {
  ArrayPrototypePush,
  MapConstructor,
  MapPrototypeDelete,
  MapPrototypeGet,
  MapPrototypeSet,
  SetConstructor,
  SetPrototypeAdd,
  SetPrototypeForEach,
} from '../primordials.ts'

/** An operation, as far as its task is concerned. */
export interface OwnedOp {
  /** Its task is over; the host has forgotten the op. */
  abandon(): void
}

export class TaskScope {
  readonly id: number
  /** It runs the program's top level: what that makes is the worker's. */
  isLoad = false
  /** Promises given to `waitUntil`, and a streamed response that is still being written. */
  waiting = 0
  /** A response, a result or a failure went to the host. */
  answered = false
  ended = false
  /** The caller went away. */
  aborted = false
  /** Operations it started that have no result yet. */
  ops: Set<OwnedOp> | undefined
  /** Called when the task is over. */
  cleanups: (() => void)[] | undefined
  /** Called when the caller goes away. */
  onAbort: (() => void) | undefined
  /** Stops the stream that is the body of its response. */
  cancelBody: (() => void) | undefined

  constructor(id: number) {
    this.id = id
  }

  addCleanup(cleanup: () => void): void {
    this.cleanups ??= []
    ArrayPrototypePush(this.cleanups, cleanup)
  }

  addOp(op: OwnedOp): void {
    this.ops ??= new SetConstructor()
    SetPrototypeAdd(this.ops, op)
  }
}

const scopes = new MapConstructor<number, TaskScope>()

export let currentTask: TaskScope | undefined

export function setCurrentTask(task: TaskScope | undefined): void {
  currentTask = task
}

export function openTask(id: number): TaskScope {
  const task = new TaskScope(id)
  MapPrototypeSet(scopes, id, task)
  currentTask = task
  return task
}

export function findTask(id: number): TaskScope | undefined {
  return MapPrototypeGet(scopes, id)
}

/** Forgets the task and fails what it left pending, so that nothing of it reaches a later task. */
export function closeTask(task: TaskScope): void {
  if (task.ended) return
  task.ended = true
  task.onAbort = undefined
  task.cancelBody = undefined
  MapPrototypeDelete(scopes, task.id)
  const { cleanups, ops } = task
  if (cleanups !== undefined) for (let i = 0; i < cleanups.length; i++) cleanups[i]?.()
  if (ops === undefined) return
  task.ops = undefined
  SetPrototypeForEach(ops, (op) => op.abandon())
}
