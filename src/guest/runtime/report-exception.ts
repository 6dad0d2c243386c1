// An exception nobody caught: in a listener, a timer, or a promise. The program hears of it first; unless it prevents that,
// it goes to the log of the task. It ends nothing.
// https://html.spec.whatwg.org/multipage/webappapis.html#report-an-exception
import { OP } from '../../bridge/ops.ts'
import { dispatchTrusted } from '../dom/event-target.ts'
import { PromiseRejectionEvent } from '../dom/event-types.ts'
import { PromisePrototypeThen, PromiseReject } from '../primordials.ts'
import { errorEventFor } from './error-event.ts'
import { everListened, globalTarget } from './global-target.ts'
import { hostCall } from './host.ts'
import { writeUncaught } from './log.ts'

let isReporting = false

export function reportException(error: unknown): void {
  if (!everListened('error') || isReporting) return writeUncaught(error)
  // What a listener of `error` throws is logged, and not told to it.
  isReporting = true
  let isLogged = true
  try {
    isLogged = dispatchTrusted(globalTarget, errorEventFor(error))
  } finally {
    isReporting = false
    if (isLogged) writeUncaught(error)
  }
}

/**
 * Tells the program of a rejection the host was told of. Only a copy of the reason comes here, and the promise not at all:
 * another one, with the same reason, stands for it.
 */
export function reportRejection(reason: unknown): void {
  const promise = PromiseReject(reason)
  PromisePrototypeThen(promise, undefined, () => undefined)
  const init = { __proto__: null, cancelable: true, promise, reason }
  // The host logs it, which knows it better.
  const isLogged = dispatchTrusted(globalTarget, new PromiseRejectionEvent('unhandledrejection', init as never))
  if (!isLogged) hostCall(OP.preventRejection, 0)
}
