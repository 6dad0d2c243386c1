// Code that is submitted and run once, here or in the background. A caller of one tenant has to do with that tenant's only.
import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { IsopodError } from '../../errors.ts'
import type { Execution, ExecutionEvent } from '../../executions/execution.ts'
import type { AdminServer } from '../admin-server.ts'
import { backendReportOf, executionReportOf, executionSummaryOf, logReportOf } from '../execution-reports.ts'
import { type ExecutionsApiOptions, MAX_CODE_BODY_BYTES, ownerOf, requestOf, switchedOn } from '../submitted-code.ts'
import {
  backendList,
  executeBody,
  type ExecutionEvent as ExecutionEventReport,
  executionEvents,
  executionList,
  executionParams,
  executionReport,
  startedExecution,
} from './execution-shapes.ts'

const KEEP_ALIVE_MS = 15_000

export function addExecutionsApi(app: AdminServer, options: ExecutionsApiOptions): void {
  app.post(
    '/execute',
    {
      bodyLimit: MAX_CODE_BODY_BYTES,
      config: { access: 'own' },
      schema: { summary: 'Run code, and wait for its end', body: executeBody, response: { 200: executionReport } },
    },
    async (request, reply) => {
      const execution = await switchedOn(options).submit(requestOf(request.body), ownerOf(request))
      // Nobody is left to read it.
      reply.raw.once('close', () => execution.cancel())
      await execution.finished
      return executionReportOf(execution)
    },
  )
  app.post(
    '/api/executions',
    {
      bodyLimit: MAX_CODE_BODY_BYTES,
      config: { access: 'own' },
      schema: { summary: 'Run code in the background', body: executeBody, response: { 202: startedExecution } },
    },
    async (request, reply) => {
      const { facts, status } = await switchedOn(options).submit(requestOf(request.body), ownerOf(request))
      reply.code(202)
      return { id: facts.id, status }
    },
  )
  app.get(
    '/api/executions',
    {
      config: { access: 'own' },
      schema: { summary: 'Executions under way, and the latest that are over', response: { 200: executionList } },
    },
    async (request) => ({ executions: switchedOn(options).list(ownerOf(request)).map(executionSummaryOf) }),
  )
  app.get(
    '/api/executions/:id',
    {
      config: { access: 'own' },
      schema: { summary: 'One execution', params: executionParams, response: { 200: executionReport } },
    },
    async (request) => executionReportOf(find(request, request.params.id)),
  )
  app.post(
    '/api/executions/:id/cancel',
    {
      config: { access: 'own' },
      schema: { summary: 'End one', params: executionParams, response: { 200: executionReport } },
    },
    async (request) => {
      const execution = find(request, request.params.id)
      execution.cancel()
      await execution.finished
      return executionReportOf(execution)
    },
  )
  app.get(
    '/api/executions/:id/events',
    {
      config: { access: 'own' },
      schema: {
        summary: 'What an execution says, until it is over',
        params: executionParams,
        response: { 200: executionEvents },
      },
    },
    async (request, reply) => {
      const stream = eventsOf(find(request, request.params.id))
      return reply
        .header('content-type', 'text/event-stream')
        .header('cache-control', 'no-store')
        .send(stream as never)
    },
  )
  app.get(
    '/api/backends',
    {
      config: { access: 'caller' },
      schema: { summary: 'What runs executions', response: { 200: backendList } },
    },
    async () => {
      const { backends } = switchedOn(options)
      // Who looks at what there is, is about to use it.
      switchedOn(options).getReady()
      return { backends: backends.all.map(backendReportOf) }
    },
  )

  function find(request: FastifyRequest, id: string): Execution {
    const execution = switchedOn(options).find(id, ownerOf(request))
    if (execution === undefined) throw new IsopodError('NOT_FOUND', `There is no execution "${id}", or not any more.`)
    return execution
  }
}

/** @throws IsopodError `NOT_FOUND` */
function eventsOf(execution: Execution): Readable {
  const stream = new Readable({
    read() {},
    destroy(error, done) {
      listening?.[Symbol.dispose]()
      clearInterval(keepAlive)
      done(error)
    },
  })
  const keepAlive = setInterval(() => stream.push(': still here\n\n'), KEEP_ALIVE_MS)
  const listening = execution.listen((event) => {
    const report = eventReportOf(event, execution)
    stream.push(`event: ${report.type}\ndata: ${JSON.stringify(report)}\n\n`)
    if (report.type !== 'end') return
    clearInterval(keepAlive)
    stream.push(null)
  })
  if (listening === undefined) {
    stream.destroy()
    throw new IsopodError('RATE_LIMITED', 'Too many listen to this execution already. Close one of them.')
  }
  return stream
}

function eventReportOf(event: ExecutionEvent, execution: Execution): ExecutionEventReport {
  switch (event.type) {
    case 'status':
      return event
    case 'log':
      return { type: 'log', log: logReportOf(event.line, execution.created) }
    case 'end':
      return { type: 'end', execution: executionReportOf(execution) }
  }
}
