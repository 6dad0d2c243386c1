// Schedules: which a worker has, when they come, how their runs ended; and one run now.
import type { Control } from '../../control/control.ts'
import type { RunRow } from '../../control/schedule-store.ts'
import type { Schedules, ScheduleStatus } from '../../control/schedules.ts'
import type { WorkerName } from '../../control/store.ts'
import { noSuchWorker } from '../access.ts'
import type { AdminServer } from '../admin-server.ts'
import {
  type RunReport,
  runList,
  type ScheduleList,
  type ScheduleReport,
  scheduleBody,
  scheduleList,
  taskEnding,
  triggerBody,
} from './schedule-shapes.ts'
import { workerParams } from './worker-shapes.ts'

export interface SchedulesApiOptions {
  readonly control: Control
  readonly schedules: Schedules
}

const PATH = '/api/workers/:tenant/:worker/schedules'

export function addSchedulesApi(app: AdminServer, { control, schedules }: SchedulesApiOptions): void {
  const assertKnown = (worker: WorkerName): void => {
    if (control.worker(worker) === undefined) throw noSuchWorker(worker.worker)
  }
  const listOf = (worker: WorkerName): ScheduleList => ({ schedules: schedules.list(worker).map(scheduleReportOf) })

  app.get(
    PATH,
    {
      config: { access: 'tenant' },
      schema: { summary: 'The schedules of a worker', params: workerParams, response: { 200: scheduleList } },
    },
    async ({ params }) => {
      assertKnown(params)
      return listOf(params)
    },
  )
  app.put(
    PATH,
    {
      config: { access: 'tenant' },
      schema: {
        summary: 'Give a worker schedules, instead of those it had',
        params: workerParams,
        body: scheduleBody,
        response: { 200: scheduleList },
      },
    },
    async ({ body, params }) => {
      assertKnown(params)
      schedules.set(params, body.schedules)
      return listOf(params)
    },
  )
  app.post(
    `${PATH}/run`,
    {
      config: { access: 'tenant' },
      schema: {
        summary: 'Run a schedule now: answered when it is over',
        params: workerParams,
        body: triggerBody,
        response: { 200: taskEnding },
      },
    },
    async ({ body, params }) => {
      assertKnown(params)
      return schedules.trigger(params, body.cron)
    },
  )
  app.get(
    `${PATH}/history`,
    {
      config: { access: 'tenant' },
      schema: { summary: 'How the latest runs ended', params: workerParams, response: { 200: runList } },
    },
    async ({ params }) => {
      assertKnown(params)
      return { runs: schedules.history(params).map(runReportOf) }
    },
  )
}

function scheduleReportOf({ cron, isRunning, missed, nextMs, zone }: ScheduleStatus): ScheduleReport {
  return { cron, zone, missed, next_run: nextMs ?? null, running: isRunning }
}

function runReportOf({ cause, cron, endedMs, error, outcome, startedMs, tickMs, zone }: RunRow): RunReport {
  return { cron, zone, cause, tick: tickMs, started: startedMs, ended: endedMs, outcome, error }
}
