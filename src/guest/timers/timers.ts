// setTimeout and setInterval. Each running timer is an op of the task that set it, so it dies with its task.
// https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html
import { OP } from '../../bridge/ops.ts'
import {
  MapConstructor,
  MapPrototypeDelete,
  MapPrototypeGet,
  MapPrototypeSet,
  evaluateScript,
  ReflectApply,
} from '../primordials.ts'
import { hostCall } from '../runtime/host.ts'
import { addPending, assertStarted, cancelOp, nextOpId, type PendingOp, removePending } from '../runtime/pending-ops.ts'
import { reportException } from '../runtime/report-exception.ts'
import { currentTask } from '../runtime/task-scope.ts'
import { toDOMString } from '../webidl/convert.ts'

type Handler = (...args: unknown[]) => unknown

interface Timer {
  readonly handle: number
  readonly handler: Handler
  readonly args: unknown[]
  readonly delayMs: number
  readonly repeat: boolean
  /** How deep timers set by timers go; from the fifth level on they wait at least 4 ms. */
  readonly nesting: number
  op: PendingOp | undefined
}

const timers = new MapConstructor<number, Timer>()
const MAX_DELAY_MS = 2 ** 31 - 1
let lastHandle = 0
let nesting = 0

export function setTimeout(handler: unknown, delay?: unknown, ...args: unknown[]): number {
  return start(handler, delay, args, 'once')
}

export function setInterval(handler: unknown, delay?: unknown, ...args: unknown[]): number {
  return start(handler, delay, args, 'repeat')
}

export function clearTimer(handle?: unknown): void {
  const key = +(handle as number)
  const timer = MapPrototypeGet(timers, key)
  if (timer === undefined) return
  MapPrototypeDelete(timers, key)
  if (timer.op !== undefined) cancelOp(timer.op)
}

/** A timer of the platform itself (AbortSignal.timeout). */
export function startTimer(delayMs: number, callback: () => void): void {
  start(callback, delayMs, [], 'once')
}

function start(handler: unknown, delay: unknown, args: unknown[], repetition: 'once' | 'repeat'): number {
  const script = typeof handler === 'function' ? '' : toDOMString(handler)
  let delayMs = +(delay as number)
  if (!(delayMs >= 0)) delayMs = 0
  if (delayMs > MAX_DELAY_MS) delayMs = 1
  if (nesting >= 5 && delayMs < 4) delayMs = 4
  lastHandle += 1
  const timer: Timer = {
    handle: lastHandle,
    handler: typeof handler === 'function' ? (handler as Handler) : () => evaluateScript(script),
    args,
    delayMs,
    repeat: repetition === 'repeat',
    nesting: nesting + 1,
    op: undefined,
  }
  arm(timer)
  MapPrototypeSet(timers, timer.handle, timer)
  return timer.handle
}

function arm(timer: Timer): void {
  const task = currentTask
  if (task?.ended === true) return
  const id = nextOpId()
  assertStarted(hostCall(OP.timer, id, timer.delayMs))
  const op: PendingOp = {
    id,
    task,
    settle: () => fire(timer),
    abandon() {
      removePending(op)
      MapPrototypeDelete(timers, timer.handle)
    },
  }
  timer.op = op
  addPending(op)
}

function fire(timer: Timer): void {
  timer.op = undefined
  if (!timer.repeat) MapPrototypeDelete(timers, timer.handle)
  const outer = nesting
  nesting = timer.nesting
  try {
    ReflectApply(timer.handler, globalThis, timer.args)
  } catch (error) {
    reportException(error)
  }
  if (timer.repeat && MapPrototypeGet(timers, timer.handle) === timer) arm(timer)
  nesting = outer
}
