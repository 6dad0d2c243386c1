// A task's console lines: kept with the task up to a bound, and reported as they come.
import { type ErrorText, unpackError } from '../bridge/error-text.ts'
import type { LogLine } from '../task.ts'
import type { Services } from './services.ts'
import type { TaskRun } from './task-run.ts'

/** One line is bounded on its own, so that a single one cannot use up a task's allowance silently. */
const MAX_LINE = 16 * 1024

/** No line is kept of it any more. */
export function isLogFull(run: TaskRun): boolean {
  return run.logBytes > run.prepared.limits.logBytes
}

export function addLogLine(services: Services, run: TaskRun, line: LogLine): void {
  if (isLogFull(run)) return
  const { logBytes } = run.prepared.limits
  const message = line.message.length > MAX_LINE ? `${line.message.slice(0, MAX_LINE)}…` : line.message
  // With its line break: an empty line is kept, too.
  run.logBytes += (message.length + 1) * 2
  const kept: LogLine =
    run.logBytes > logBytes
      ? {
          ...line,
          level: 'warn',
          message: `Log limit: only the first ${logBytes} bytes of a task's console output are kept. Log less, or raise the limit "logBytes".`,
        }
      : { ...line, message }
  run.logs.push(kept)
  const { tenant, worker, id } = run.prepared.version
  services.observer.log?.({ tenant, worker, version: id }, kept)
}

/** An error nobody caught, as the guest described it. */
export function addUncaught(services: Services, run: TaskRun, errorText: string): void {
  logUncaught(services, run, unpackError(errorText))
}

/** An error nobody caught, as a line. */
export function logUncaught(services: Services, run: TaskRun, { name, message, stack }: ErrorText): void {
  if (isLogFull(run)) return
  const text = stack === '' ? `${name}: ${message}` : run.prepared.mapStack(stack)
  addLogLine(services, run, { level: 'error', message: `Uncaught ${text}`, timeMs: Date.now() })
}
