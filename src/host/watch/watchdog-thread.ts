// The watchdog: a thread that looks, every few milliseconds, whether the host's thread is still in the entry it was in.
// V8 cannot interrupt every built-in; this thread can end the process. Before that it says why, and who is inside.
//
// Time is counted in its own looks, so that a machine that was paused convicts nobody; and an entry that did not get the
// processor is given longer. It waits on shared memory instead of running an event loop: nothing can keep it.
import { writeSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import type { LastWord } from '../../wire/supervisor-messages.ts'
import { residentBytes } from './resident-memory.ts'
import { WATCH } from './watch-memory.ts'

export interface WatchdogData {
  readonly memory: Int32Array<SharedArrayBuffer>
  /** Where last words go. */
  readonly wordsFd: number
  readonly supervisorPid: number
  readonly memoryLimitBytes: number
  readonly limits: WatchdogLimits
}

export interface WatchdogLimits {
  readonly lookMs: number
  /** Between looks while nothing has happened for a while: a thread that is idle costs next to nothing. */
  readonly restMs: number
  /** An entry that lasts this long is announced. */
  readonly announceMs: number
  /** Beyond an entry's own limit, which V8 should have enforced. */
  readonly graceMs: number
  /** This long before the grace is over the version is said to be overdue. */
  readonly warningMs: number
  /** How many times longer an entry may last that got little processor time. */
  readonly patience: number
  /** Resident memory the process may gain during one entry. */
  readonly growthBytes: number
  /** The host's own thread may be silent for this long. */
  readonly silenceMs: number
}

const { memory, wordsFd, supervisorPid, memoryLimitBytes, limits } = workerData as WatchdogData
const PARENT_CHECK_LOOKS = 10
const LOOKS_UNTIL_REST = 20

function say(word: LastWord): void {
  try {
    writeSync(wordsFd, `${JSON.stringify(word)}\n`)
  } catch {
    // The supervisor has gone, or does not listen: the deed matters more than the word.
  }
}

function end(): never {
  process.kill(process.pid, 'SIGKILL')
  // The signal takes effect at once; the compiler does not know.
  throw new Error('unreachable')
}

let turn = 0
let lastedMs = 0
let announced = false
let isOverdue = false
let startRssBytes = 0
let startCpuUs = 0
let heartbeat = 0
let silentMs = 0

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024)
}

function cpuUs(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

function lookAtEntry(now: number, passedMs: number): void {
  if (now !== turn) {
    if (announced) say({ type: 'outside' })
    turn = now
    lastedMs = 0
    announced = false
    isOverdue = false
    startRssBytes = 0
    return
  }
  if (now % 2 === 0) return
  lastedMs += passedMs
  const number = Atomics.load(memory, WATCH.version)
  const limitMs = Atomics.load(memory, WATCH.limitMs) + limits.graceMs
  const rssBytes = residentBytes()
  if (startRssBytes === 0) {
    startRssBytes = rssBytes
    startCpuUs = cpuUs()
  }
  if (!announced && lastedMs >= limits.announceMs) {
    announced = true
    say({ type: 'inside', number })
  }
  const grownBytes = rssBytes - startRssBytes
  if (!isOverdue && (lastedMs >= limitMs - limits.warningMs || grownBytes > limits.growthBytes / 2)) {
    isOverdue = true
    say({ type: 'overdue', number })
  }
  if (grownBytes > limits.growthBytes || (rssBytes > memoryLimitBytes && grownBytes > limits.growthBytes / 8)) {
    say({
      type: 'memory',
      number,
      detail: `the process grew by ${megabytes(grownBytes)} MiB to ${megabytes(rssBytes)} MiB in one entry of ${lastedMs} ms`,
    })
    end()
  }
  if (lastedMs < limitMs) return
  const ranMs = (cpuUs() - startCpuUs) / 1000
  if (ranMs < lastedMs / 2 && lastedMs < limitMs * limits.patience) return
  say({ type: 'stuck', number, detail: `an entry lasted ${lastedMs} ms of the ${limitMs} ms it may take` })
  end()
}

/** Nobody is inside, and yet the thread does not come round: the host itself hangs. */
function lookAtHeartbeat(isInside: boolean, passedMs: number): void {
  const beat = Atomics.load(memory, WATCH.heartbeat)
  // Before the first beat the process is still starting.
  if (beat !== heartbeat || beat === 0 || isInside) {
    heartbeat = beat
    silentMs = 0
    return
  }
  silentMs += passedMs
  if (silentMs < limits.silenceMs) return
  // Who was inside last may have nothing to do with it.
  say({ type: 'unresponsive', number: 0, detail: `the event loop has not turned for ${silentMs} ms` })
  end()
}

let quietLooks = 0
for (let looks = 0; ; looks++) {
  const waitMs = quietLooks > LOOKS_UNTIL_REST ? limits.restMs : limits.lookMs
  Atomics.wait(memory, WATCH.ending, 0, waitMs)
  const now = Atomics.load(memory, WATCH.turn)
  quietLooks = now === turn && now % 2 === 0 ? quietLooks + 1 : 0
  lookAtEntry(now, waitMs)
  lookAtHeartbeat(now % 2 === 1, waitMs)
  if (looks % PARENT_CHECK_LOOKS === 0 && process.ppid !== supervisorPid) end()
}
