// Starts the watchdog thread and keeps it informed. Every process that runs tenants' code has one.
import { Worker } from 'node:worker_threads'
import type { EntryWatch } from '../../instance/entry-watch.ts'
import { programPath } from '../../programs.ts'
import type { WatchdogData, WatchdogLimits } from './watchdog-thread.ts'
import { createWatchMemory, WATCH } from './watch-memory.ts'

const MIB = 1024 * 1024

/** Together with the longest entry there is, an uninterruptible one ends within a second. */
const LIMITS: WatchdogLimits = {
  lookMs: 10,
  restMs: 50,
  announceMs: 10,
  graceMs: 200,
  warningMs: 100,
  patience: 4,
  growthBytes: 512 * MIB,
  silenceMs: 5000,
}
const HEARTBEAT_MS = 250

export interface WatchdogOptions {
  readonly wordsFd: number
  readonly memoryMb: number
}

export class Watchdog implements EntryWatch {
  readonly #memory = createWatchMemory()
  #turn = 0

  constructor({ wordsFd, memoryMb }: WatchdogOptions) {
    const workerData: WatchdogData = {
      memory: this.#memory,
      wordsFd,
      supervisorPid: process.ppid,
      memoryLimitBytes: memoryMb * MIB,
      limits: LIMITS,
    }
    const thread = new Worker(programPath('watchdog-thread'), { workerData, env: {}, stdin: false })
    // A host without its watchdog is a host that may hang for ever.
    thread.on('error', (error) => {
      process.stderr.write(`isopod: the watchdog failed: ${error.message}\n`)
      process.kill(process.pid, 'SIGKILL')
    })
    setInterval(() => Atomics.add(this.#memory, WATCH.heartbeat, 1), HEARTBEAT_MS)
  }

  enter(version: number, limitMs: number): void {
    this.#turn += 1
    this.#memory[WATCH.version] = version
    this.#memory[WATCH.limitMs] = limitMs
    Atomics.store(this.#memory, WATCH.turn, this.#turn)
  }

  leave(): void {
    this.#turn += 1
    Atomics.store(this.#memory, WATCH.turn, this.#turn)
  }
}

/** One watch made of several. */
export function watchTogether(watches: readonly EntryWatch[]): EntryWatch {
  return {
    enter: (version, limitMs) => {
      for (const watch of watches) watch.enter(version, limitMs)
    },
    leave: () => {
      for (const watch of watches) watch.leave()
    },
  }
}
