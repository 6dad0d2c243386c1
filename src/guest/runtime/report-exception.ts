// An exception nobody caught: in a listener, a timer, or a promise. It goes to the log of the task, and ends nothing.
import { OP } from '../../bridge/ops.ts'
import { describeError } from './describe-error.ts'
import { hostCall } from './host.ts'

export function reportException(error: unknown): void {
  hostCall(OP.uncaught, 0, describeError(error))
}
