// An exception nobody caught: in a listener, a timer, or a promise. It goes to the log of the task, and ends nothing.
import { writeUncaught } from './log.ts'

export function reportException(error: unknown): void {
  writeUncaught(error)
}
