// Operations under way. The host delivers each result by an entry of its own; an op that is never delivered (because its
// task ended) is abandoned here, on the guest's side, without another entry.
import type { Crossing } from '../../bridge/entries.ts'
import { OP, type OpCode } from '../../bridge/ops.ts'
import { DOMException, QuotaExceededError } from '../dom/dom-exception.ts'
import {
  ErrorConstructor,
  MapConstructor,
  MapPrototypeDelete,
  MapPrototypeGet,
  MapPrototypeSet,
  PromiseConstructor,
  RangeErrorConstructor,
  SetPrototypeDelete,
  StringPrototypeIndexOf,
  StringPrototypeSlice,
  TypeErrorConstructor,
} from '../primordials.ts'
import { hostCall } from './host.ts'
import { currentTask, type OwnedOp, setCurrentTask, type TaskScope } from './task-scope.ts'

export interface PendingOp extends OwnedOp {
  readonly id: number
  readonly task: TaskScope | undefined
  /** The host's answer. `first` and `second` are the op's values, or "name\nmessage" where it failed. */
  settle(ok: boolean, first: Crossing, second: Crossing): void
}

const pending = new MapConstructor<number, PendingOp>()
let lastOp = 0

export function nextOpId(): number {
  lastOp += 1
  return lastOp
}

/** Registers an op the host accepted. */
export function addPending(op: PendingOp): void {
  MapPrototypeSet(pending, op.id, op)
  op.task?.addOp(op)
}

/** Nothing is delivered for the op any more. */
export function removePending(op: PendingOp): void {
  MapPrototypeDelete(pending, op.id)
  if (op.task?.ops !== undefined) SetPrototypeDelete(op.task.ops, op)
}

/** Host to guest: the result of an op. Continuations run as the op's own task. */
export function deliver(id: number, ok: boolean, first: Crossing, second: Crossing): void {
  const op = MapPrototypeGet(pending, id)
  if (op === undefined) return
  removePending(op)
  setCurrentTask(op.task)
  op.settle(ok, first, second)
}

/** Throws what the host said where it refused to start an op; it answers undefined where it started it. */
export function assertStarted(refusal: Crossing): void {
  if (typeof refusal === 'string') throw errorFromText(refusal)
}

/** Starts an op whose result is a promise of its first value. */
export function startOp(op: OpCode, a?: Crossing, b?: Crossing, c?: Crossing): Promise<Crossing> {
  return startOpOf(currentTask, op, a, b, c)
}

/** The same for an op that belongs to a task whether or not it is the present one. */
export function startOpOf(
  task: TaskScope | undefined,
  op: OpCode,
  a?: Crossing,
  b?: Crossing,
  c?: Crossing,
): Promise<Crossing> {
  return new PromiseConstructor<Crossing>((resolve, reject) => {
    if (task?.ended === true) throw endedError(task)
    const id = nextOpId()
    assertStarted(hostCall(op, id, a, b, c))
    addPending({
      id,
      task,
      settle(ok, first) {
        if (ok) resolve(first)
        else reject(errorFromText(first as string))
      },
      abandon() {
        MapPrototypeDelete(pending, id)
        reject(endedError(task))
      },
    })
  })
}

/** Gives up an op on both sides. */
export function cancelOp(op: PendingOp): void {
  removePending(op)
  hostCall(OP.cancel, op.id)
}

export function endedError(task: TaskScope | undefined): Error {
  if (task?.aborted === true) return new DOMException('The client went away.', 'AbortError') as unknown as Error
  return new ErrorConstructor(
    'The task that started this operation has ended. Use ctx.waitUntil() for work that goes on after the response.',
  )
}

/** "name\nmessage" as an error of the guest's own realm. */
export function errorFromText(text: string): Error {
  const split = StringPrototypeIndexOf(text, '\n')
  const name = StringPrototypeSlice(text, 0, split)
  const message = StringPrototypeSlice(text, split + 1)
  switch (name) {
    case 'TypeError':
      return new TypeErrorConstructor(message)
    case 'RangeError':
      return new RangeErrorConstructor(message)
    case 'QuotaExceededError':
      return new QuotaExceededError(message) as unknown as Error
    case 'Error':
      return new ErrorConstructor(message)
    default:
      return new DOMException(message, name) as unknown as Error
  }
}
