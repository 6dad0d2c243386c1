// What happens in workers, as lines of JSON for whoever collects logs. One object a line: `level`, `time` (Unix time in
// milliseconds), whose it is, and what.
import type { Observer } from '../../observer.ts'
import { BoundedOutput } from '../../wire/bounded-output.ts'

export function jsonObserver(): Observer {
  const stdout = new BoundedOutput(1)
  const write = (line: object): void => stdout.write(`${JSON.stringify(line)}\n`)
  return {
    log({ tenant, version, worker }, { level, message, timeMs }) {
      write({ level: level === 'log' ? 'info' : level, time: timeMs, tenant, worker, version, msg: message })
    },
    taskEnded({ error, outcome, request, status, tenant, type, usage, version, worker }) {
      if (error === undefined || outcome === 'canceled') return
      write({
        level: 'error',
        time: Date.now(),
        tenant,
        worker,
        version,
        type,
        outcome,
        ...request,
        ...(status === undefined ? {} : { status }),
        code: error.code,
        msg: error.message,
        ...(error.stack === undefined ? {} : { stack: error.stack }),
        cpu_us: Math.round(usage.cpuUs),
        wall_ms: Math.round(usage.wallMs),
      })
    },
  }
}
