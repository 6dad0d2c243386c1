// CPU time as the kernel counts it: of the calling thread, and of the threads that Node does crypto, compression and
// files on.
//
// Linux brings a thread's own account up to date only at its ticks, up to 4 ms apart, when asked for that thread alone; asked for the
// whole process, it does so at once. So the process is asked first. What other threads are in the midst of counts up to
// their last tick; what they have done before they went to sleep is counted exactly.
import { openSync, readdirSync, readFileSync, readSync } from 'node:fs'

/** CPU time of this thread so far, in microseconds. */
export function threadCpuUs(): number {
  process.cpuUsage()
  return total(process.threadCpuUsage())
}

let chargedUs = 0

/** Somebody is charged for this much of this thread's time, in microseconds. */
export function noteCharged(usedUs: number): void {
  chargedUs += usedUs
}

/** Of this thread's time, what somebody was charged for so far, in microseconds. */
export function chargedSoFarUs(): number {
  return chargedUs
}

/** Returns the CPU time of some threads so far, in microseconds. */
export type ThreadsClock = () => number

const POOL_THREAD = 'libuv-worker'
const TASKS = '/proc/self/task'
/** Three numbers, the first of them nanoseconds. */
const SCHEDSTAT_BYTES = 64

let poolClock: ThreadsClock | undefined
let looksLeft = 3

/**
 * The clock of Node's thread pool, whose threads are there from the first work on; before, and where the kernel has none for them,
 * that of all threads but this one, V8's own included. A reading takes some microseconds.
 */
export function threadPoolClock(): ThreadsClock {
  if (poolClock === undefined && looksLeft > 0) {
    looksLeft -= 1
    poolClock = findPoolClock()
  }
  return poolClock ?? otherThreadsCpuUs
}

function findPoolClock(): ThreadsClock | undefined {
  try {
    const tasks = readdirSync(TASKS).filter(
      (id) => readFileSync(`${TASKS}/${id}/comm`, 'latin1').trim() === POOL_THREAD,
    )
    if (tasks.length === 0) return undefined
    const files = tasks.map((id) => openSync(`${TASKS}/${id}/schedstat`, 'r'))
    const buffer = Buffer.alloc(SCHEDSTAT_BYTES)
    return () => {
      let totalNs = 0
      for (const file of files) {
        const length = readSync(file, buffer, 0, SCHEDSTAT_BYTES, 0)
        totalNs += Number.parseInt(buffer.toString('latin1', 0, length), 10)
      }
      return totalNs / 1000
    }
  } catch {
    return undefined
  }
}

function otherThreadsCpuUs(): number {
  const processUs = total(process.cpuUsage())
  return processUs - total(process.threadCpuUsage())
}

function total({ user, system }: { readonly user: number; readonly system: number }): number {
  return user + system
}
