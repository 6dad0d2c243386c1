// Whether what a host says it has counted has the form of such a thing. A host that was taken over may say anything: numbers
// that are none, names without end.
import { z } from 'zod'
import { ERROR_CODES, type ErrorCode } from '../../errors.ts'
import { OP_NAMES } from '../../host/measures/op-names.ts'
import { BUCKET_BOUNDS_MS } from '../../measures/histogram.ts'
import { INSTANCE_SOURCES, type TaskCounts } from '../../measures/task-counts.ts'
import { RETIREMENT_CAUSES } from '../../observer.ts'
import { OUTCOME_NAMES } from '../../outcome.ts'
import type { HostCounts, MeasuresText } from '../../wire/measures-text.ts'

const MAX_ROWS = 2000
const MAX_WORKERS = 20_000

const count = z.number().min(0).max(Number.MAX_SAFE_INTEGER)
const name = z.string().min(1).max(256)
const histogram = z.object({
  sumMs: count.exactOptional(),
  buckets: z
    .partialRecord(z.enum([...BUCKET_BOUNDS_MS, Infinity].map((_, place) => String(place))), count)
    .exactOptional(),
})

const taskCounts: z.ZodType<TaskCounts> = z.object({
  outcomes: z.partialRecord(z.enum(OUTCOME_NAMES), count).exactOptional(),
  refused: z.partialRecord(z.enum(Object.keys(ERROR_CODES) as ErrorCode[]), count).exactOptional(),
  wall: histogram.exactOptional(),
  wait: histogram.exactOptional(),
  cpuUs: count.exactOptional(),
  subrequests: count.exactOptional(),
  bytesIn: count.exactOptional(),
  bytesOut: count.exactOptional(),
  created: z.partialRecord(z.enum(INSTANCE_SOURCES), count).exactOptional(),
  retired: z.partialRecord(z.enum(RETIREMENT_CAUSES), count).exactOptional(),
  collections: count.exactOptional(),
  freedBytes: count.exactOptional(),
})

const hostCounts: z.ZodType<HostCounts> = z.object({
  tasks: taskCounts.exactOptional(),
  wallByOutcome: z.partialRecord(z.enum(OUTCOME_NAMES), histogram).exactOptional(),
  creation: z.partialRecord(z.enum(INSTANCE_SOURCES), histogram).exactOptional(),
  ops: z
    .record(
      z.string().refine((op) => OP_NAMES.has(op)),
      count,
    )
    .exactOptional(),
  pool: z
    .object({ hits: count.exactOptional(), misses: count.exactOptional(), evictions: count.exactOptional() })
    .exactOptional(),
  thread: z
    .object({ activeMs: count.exactOptional(), idleMs: count.exactOptional(), entriesUs: count.exactOptional() })
    .exactOptional(),
})

const measuresText: z.ZodType<MeasuresText> = z.object({
  snapshot: z.int().min(1),
  all: hostCounts,
  rows: z
    .array(z.object({ row: z.int(), tenant: name, worker: name.exactOptional(), counts: taskCounts }))
    .max(MAX_ROWS),
  live: z.array(z.int()).max(MAX_ROWS).exactOptional(),
  pool: z.object({ total: count, cached: count, capacity: z.number(), waiting: count, reserve: count }),
  workers: z
    .array(
      z.object({
        tenant: name,
        worker: name,
        instances: count,
        running: count,
        queueDepth: count,
        sockets: count,
        heapBytes: count,
      }),
    )
    .max(MAX_WORKERS),
})

/** Undefined where it has not. */
export function checkMeasures(said: unknown): MeasuresText | undefined {
  return measuresText.safeParse(said).data
}
