// What control knows, and its own process under the names that all exporters use for theirs.
import { readdirSync } from 'node:fs'
import type { Family } from './exposition.ts'

export interface ControlSources {
  /** That are deployed. */
  readonly workers: number
  readonly quarantined: number
}

export function controlFamilies({ quarantined, workers }: ControlSources): readonly Family[] {
  return [
    {
      name: 'isopod_workers',
      type: 'gauge',
      help: 'Workers that are deployed.',
      samples: [[[], workers]],
    },
    {
      name: 'isopod_quarantined_workers',
      type: 'gauge',
      help: 'Workers that are held back.',
      samples: [[[], quarantined]],
    },
    ...processFamilies(),
  ]
}

const FD_FOLDER = '/proc/self/fd'
const startSeconds = Math.round(performance.timeOrigin) / 1000

function processFamilies(): readonly Family[] {
  const { heapUsed, rss } = process.memoryUsage()
  const { system, user } = process.cpuUsage()
  return [
    {
      name: 'process_cpu_seconds_total',
      type: 'counter',
      help: 'CPU time of the control process.',
      samples: [[[], (user + system) / 1e6]],
    },
    {
      name: 'process_resident_memory_bytes',
      type: 'gauge',
      help: 'Memory of the control process.',
      samples: [[[], rss]],
    },
    {
      name: 'process_start_time_seconds',
      type: 'gauge',
      help: 'When the control process started, Unix time; all counters begin there.',
      samples: [[[], startSeconds]],
    },
    {
      name: 'process_open_fds',
      type: 'gauge',
      help: 'File descriptors that the control process has open, where the system tells.',
      samples: openFiles(),
    },
    {
      name: 'nodejs_heap_size_used_bytes',
      type: 'gauge',
      help: 'JavaScript heap of the control process.',
      samples: [[[], heapUsed]],
    },
    {
      name: 'nodejs_eventloop_active_seconds_total',
      type: 'counter',
      help: 'Time in which the event loop of the control process was not waiting.',
      samples: [[[], performance.eventLoopUtilization().active / 1000]],
    },
  ]
}

function openFiles(): (readonly [readonly string[], number])[] {
  try {
    return [[[], readdirSync(FD_FOLDER).length]]
  } catch {
    return []
  }
}
