// What happened in workers: the latest tasks that logged something or failed, and all tasks as they end, for who watches.
import { Readable } from 'node:stream'
import { z } from 'zod'
import type { Control } from '../../control/control.ts'
import type { LoggedTask, TailEvent } from '../../control/task-log.ts'
import type { TailFilter } from '../../wire/control-messages.ts'
import type { AdminServer } from '../admin-server.ts'
import { parse } from './parse.ts'

const filter = z.strictObject({ tenant: z.string().optional(), worker: z.string().optional() })
const query = filter.extend({ limit: z.coerce.number().int().min(1).max(5000).default(100) })

/** Lines a reader that does not keep up may be behind. */
const MAX_BEHIND = 1000
const KEEP_ALIVE_MS = 15_000

export function addLogsApi(app: AdminServer, control: Control): void {
  app.get('/api/logs', async ({ query: asked }) => {
    const { limit, ...rest } = parse(query, asked)
    return { tasks: control.tasks.list(rest as TailFilter, limit).map(taskReport) }
  })
  app.get('/api/tail', async ({ query: asked }, reply) => {
    const stream = tail(control, parse(filter, asked) as TailFilter)
    return reply.header('content-type', 'application/x-ndjson').send(stream)
  })
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
  const push = (line: object): void => {
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

function lineOf(event: TailEvent): object {
  return event.type === 'dropped' ? { dropped: event.count } : taskReport(event.task)
}

function taskReport({ host, id, record, time }: LoggedTask): object {
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
