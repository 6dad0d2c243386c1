// What happened in workers: the latest tasks that logged something or failed, and all tasks as they end, for who watches.
import { Readable } from 'node:stream'
import type { Control } from '../../control/control.ts'
import type { LoggedTask, TailEvent } from '../../control/task-log.ts'
import type { TailFilter } from '../../wire/control-messages.ts'
import type { AdminServer } from '../admin-server.ts'
import { type Caller, callerOf } from '../caller.ts'
import { logQuery, tailLines, tailQuery, taskList, type TailLine, type TaskReport } from './log-shapes.ts'

/** Lines a reader that does not keep up may be behind. */
const MAX_BEHIND = 1000
const KEEP_ALIVE_MS = 15_000

export function addLogsApi(app: AdminServer, { control }: { readonly control: Control }): void {
  app.get(
    '/api/logs',
    {
      config: { access: 'caller' },
      schema: {
        summary: 'The latest tasks that logged something or failed',
        querystring: logQuery,
        response: { 200: taskList },
      },
    },
    async (request) => {
      const { limit, ...filter } = request.query
      return { tasks: control.tasks.list(within(callerOf(request), filter), limit).map(taskReportOf) }
    },
  )
  app.get(
    '/api/tail',
    {
      config: { access: 'caller' },
      schema: {
        summary: 'Every task as it ends, until the connection is closed',
        querystring: tailQuery,
        response: { 200: tailLines },
      },
    },
    async (request, reply) => {
      const stream = tail(control, within(callerOf(request), request.query))
      return reply.header('content-type', 'application/x-ndjson').send(stream as never)
    },
  )
}

/** A caller of one tenant asks about that one, whatever it says; of another it sees nothing, because there is nothing. */
function within({ tenant }: Caller, filter: TailFilter): TailFilter {
  return tenant === undefined ? filter : { ...filter, tenant }
}

function tail(control: Control, wanted: TailFilter): Readable {
  let dropped = 0
  const stream = new Readable({
    read() {},
    destroy(error, done) {
      watching[Symbol.dispose]()
      clearInterval(keepAlive)
      done(error)
    },
    highWaterMark: MAX_BEHIND,
    objectMode: true,
  })
  const push = (line: TailLine): void => {
    if (stream.readableLength >= MAX_BEHIND) {
      dropped += 1
      return
    }
    if (dropped > 0) stream.push(`${JSON.stringify({ dropped })}\n`)
    dropped = 0
    stream.push(`${JSON.stringify(line)}\n`)
  }
  const watching = control.tasks.watch(wanted, (event) => push(lineOf(event)))
  // So that a reader notices when the server is gone, and the server when the reader is.
  const keepAlive = setInterval(() => push({}), KEEP_ALIVE_MS)
  push({})
  return stream
}

function lineOf(event: TailEvent): TailLine {
  return event.type === 'dropped' ? { dropped: event.count } : taskReportOf(event.task)
}

function taskReportOf({ host, id, record, time }: LoggedTask): TaskReport {
  const { error, logs, outcome, request, status, tenant, type, usage, version, worker } = record
  return {
    id: `${host}-${id}`,
    time,
    tenant,
    worker,
    version,
    type,
    outcome,
    ...(request === undefined ? {} : { request }),
    ...(status === undefined ? {} : { status }),
    ...(error === undefined ? {} : { error }),
    cpu_us: Math.round(usage.cpuUs),
    wall_ms: Math.round(usage.wallMs),
    logs: logs.map(({ level, message, timeMs }) => ({ level, message, time: timeMs })),
  }
}
