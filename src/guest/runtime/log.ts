// What goes to the log of the task that is entered, a line at a time. The host bounds how much it keeps and says when that
// is reached; from then on, until the next entry, nothing is even formatted.
import { LOG_FULL, LOG_LEVELS, OP } from '../../bridge/ops.ts'
import { ArrayPrototypeIndexOf } from '../primordials.ts'
import { describeError } from './describe-error.ts'
import { hostCall } from './host.ts'

type LogLevel = (typeof LOG_LEVELS)[number]

let isOpen = true

/** Each entry is on behalf of a task, with a log of its own. */
export function openLog(): void {
  isOpen = true
}

export function isLogOpen(): boolean {
  return isOpen
}

export function writeLog(level: LogLevel, text: string): void {
  if (!isOpen) return
  const index = ArrayPrototypeIndexOf(LOG_LEVELS as unknown as LogLevel[], level)
  if (hostCall(OP.log, 0, index, text) === LOG_FULL) isOpen = false
}

/** An error nobody caught. */
export function writeUncaught(error: unknown): void {
  if (!isOpen) return
  if (hostCall(OP.uncaught, 0, describeError(error)) === LOG_FULL) isOpen = false
}
