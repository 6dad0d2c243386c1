// Reads of a body that is on the host. A body that came with a fetch fails with that fetch's own reason once it is aborted.
import type { Crossing } from '../../bridge/entries.ts'
import { type OpCode } from '../../bridge/ops.ts'
import { abortSignalAddAlgorithm, abortSignalRemoveAlgorithm } from '../dom/abort.ts'
import { type SignalState, signalStateOf } from '../dom/signal-state.ts'
import { PromiseConstructor, PromiseReject } from '../primordials.ts'
import { hostCall } from '../runtime/host.ts'
import {
  addPending,
  assertStarted,
  cancelOp,
  endedError,
  errorFromText,
  nextOpId,
  type PendingOp,
  startOp,
} from '../runtime/pending-ops.ts'
import { currentTask } from '../runtime/task-scope.ts'
import { type Body, type HostSource, isHostSource } from './body-content.ts'

/** The state of the signal that has aborted a body; undefined for a body that can be read. */
export function abortOf({ content }: Body): SignalState | undefined {
  const signal = isHostSource(content) ? content.signal : undefined
  const state = signal === undefined ? undefined : signalStateOf(signal)
  return state?.aborted === true ? state : undefined
}

export function readSource(code: OpCode, { signal, source }: HostSource): Promise<Crossing> {
  if (signal === undefined) return startOp(code, source)
  const state = signalStateOf(signal)
  if (state?.aborted === true) return PromiseReject(state.reason)
  const task = currentTask
  return new PromiseConstructor<Crossing>((resolve, reject) => {
    if (task?.ended === true) throw endedError(task)
    const id = nextOpId()
    assertStarted(hostCall(code, id, source))
    const onAbort = (): void => {
      cancelOp(op)
      reject(state?.reason)
    }
    const op: PendingOp = {
      id,
      task,
      settle(ok, first) {
        abortSignalRemoveAlgorithm(signal, onAbort)
        if (ok) resolve(first)
        else reject(errorFromText(first as string))
      },
      abandon() {
        abortSignalRemoveAlgorithm(signal, onAbort)
        reject(endedError(task))
      },
    }
    addPending(op)
    abortSignalAddAlgorithm(signal, onAbort)
  })
}
