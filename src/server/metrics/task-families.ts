// Tasks of all workers together: how they ended, how long they took, how long they waited, what they used.
import { OUTCOME_NAMES, type Outcome } from '../../outcome.ts'
import type { HostCounts, WorkerGauges } from '../../wire/measures-text.ts'
import { byName, type Family } from './exposition.ts'

export interface TaskSources {
  readonly counts: HostCounts
  readonly workers: readonly WorkerGauges[]
  /** Tasks that wait for a place in a pool. */
  readonly waitingForPlace: number
}

/** Also those that did not happen: a rate begins with the first that does. */
const NO_TASKS = Object.fromEntries(OUTCOME_NAMES.map((name) => [name, 0])) as Readonly<Record<Outcome, number>>

export function taskFamilies({ counts, waitingForPlace, workers }: TaskSources): readonly Family[] {
  const { ops = {}, tasks = {}, wallByOutcome = {} } = counts
  const sum = (read: (worker: WorkerGauges) => number): number =>
    workers.reduce((total, worker) => total + read(worker), 0)
  return [
    {
      name: 'isopod_tasks_total',
      type: 'counter',
      help: 'Tasks that ended, by outcome.',
      labels: ['outcome'],
      samples: byName({ ...NO_TASKS, ...tasks.outcomes }),
    },
    {
      name: 'isopod_refused_tasks_total',
      type: 'counter',
      help: 'Those of them that no instance has run, by code of the refusal.',
      labels: ['code'],
      samples: byName(tasks.refused ?? {}),
    },
    {
      name: 'isopod_task_duration_seconds',
      type: 'histogram',
      help: 'Time of tasks that were not refused, from acceptance to the end, waitUntil included, by outcome.',
      labels: ['outcome'],
      samples: byName({ ok: {}, ...wallByOutcome }),
    },
    {
      name: 'isopod_queue_wait_seconds',
      type: 'histogram',
      help: 'Time until an instance had the task, of tasks that were not refused.',
      samples: [[[], tasks.wait ?? {}]],
    },
    {
      name: 'isopod_running_tasks',
      type: 'gauge',
      help: 'Tasks that instances are running.',
      samples: [[[], sum(({ running }) => running)]],
    },
    {
      name: 'isopod_queued_tasks',
      type: 'gauge',
      help: 'Tasks that wait: for an instance of their worker, or for a place in a pool.',
      labels: ['queue'],
      samples: byName({ worker: sum(({ queueDepth }) => queueDepth), pool: waitingForPlace }),
    },
    {
      name: 'isopod_task_cpu_seconds_total',
      type: 'counter',
      help: 'CPU time that tasks used.',
      samples: [[[], (tasks.cpuUs ?? 0) / 1e6]],
    },
    {
      name: 'isopod_subrequests_total',
      type: 'counter',
      help: 'Requests that tasks made.',
      samples: [[[], tasks.subrequests ?? 0]],
    },
    {
      name: 'isopod_request_body_bytes_total',
      type: 'counter',
      help: 'Bytes of bodies that callers sent.',
      samples: [[[], tasks.bytesIn ?? 0]],
    },
    {
      name: 'isopod_response_body_bytes_total',
      type: 'counter',
      help: 'Bytes of bodies that tasks answered with.',
      samples: [[[], tasks.bytesOut ?? 0]],
    },
    {
      name: 'isopod_ops_total',
      type: 'counter',
      help: 'Calls of the host by guests, by name.',
      labels: ['op'],
      samples: byName(ops),
    },
  ]
}
