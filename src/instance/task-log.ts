// A task's console lines: kept with the task up to a bound, and reported as they come.
import { type ErrorText, unpackError } from '../bridge/error-text.ts'
import type { LogLine } from '../task.ts'
import type { Services } from './services.ts'
import type { TaskRun } from './task-run.ts'

/** One line is bounded on its own, so that a single one cannot use up a task's allowance silently. */
const MAX_LINE = 16 * 1024

export function addLogLine(services: Services, run: TaskRun, line: LogLine): void {
  const { logBytes } = run.prepared.limits
  if (run.logBytes > logBytes) return
  const message = line.message.length > MAX_LINE ? `${line.message.slice(0, MAX_LINE)}…` : line.message
  run.logBytes += message.length * 2
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
  const text = stack === '' ? `${name}: ${message}` : run.prepared.mapStack(stack)
  addLogLine(services, run, { level: 'error', message: `Uncaught ${text}`, timeMs: Date.now() })
}
