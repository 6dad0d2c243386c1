// Load inside this process: some callers, each of which asks again in a later turn of the event loop than it was
// answered in, as requests from sockets would.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { percentile, sorted } from './statistics.ts'

export interface LoopReport {
  readonly perSecond: number
  /** CPU time of the whole process, its threads included. */
  readonly cpuUsPerCall: number
  readonly p50Us: number
  readonly p90Us: number
  readonly p99Us: number
}

export interface LoopOptions {
  readonly calls: number
  readonly callers: number
  readonly call: (index: number) => Promise<unknown>
}

export async function closedLoop({ calls, callers, call }: LoopOptions): Promise<LoopReport> {
  const latencies = new Float64Array(calls)
  let next = 0
  const caller = async (): Promise<void> => {
    while (next < calls) {
      const index = next
      next += 1
      const startedAt = performance.now()
      await call(index)
      latencies[index] = performance.now() - startedAt
      await nextTurn()
    }
  }
  const cpuBefore = process.cpuUsage()
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: callers }, caller))
  const elapsedMs = performance.now() - startedAt
  const { user, system } = process.cpuUsage(cpuBefore)
  const ascending = sorted(latencies)
  return {
    perSecond: (calls / elapsedMs) * 1000,
    cpuUsPerCall: (user + system) / calls,
    p50Us: percentile(ascending, 0.5) * 1000,
    p90Us: percentile(ascending, 0.9) * 1000,
    p99Us: percentile(ascending, 0.99) * 1000,
  }
}
