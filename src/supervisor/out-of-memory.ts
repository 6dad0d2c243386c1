// The kernel's OOM killer: whom it takes first, and whether it has struck.
import { readFileSync, writeFileSync } from 'node:fs'

const COUNTERS = ['/sys/fs/cgroup/memory.events', '/proc/vmstat']
const SCORE = '/proc/self/oom_score_adj'
const FIRST_VICTIM = '500'

/**
 * How often the kernel has ended a process because memory ran out: in this control group where it says, else on the
 * machine. 0 where it does not tell.
 */
export function oomKills(): number {
  for (const file of COUNTERS) {
    try {
      const match = /^oom_kill (\d+)$/m.exec(readFileSync(file, 'utf8'))
      if (match !== null) return Number(match[1])
    } catch {
      // Not Linux, or another version of control groups.
    }
  }
  return 0
}

/** Starts a process that the kernel shall end before this one: children inherit the score of the moment. */
export function asFirstVictim<T>(start: () => T): T {
  let before: string | undefined
  try {
    before = readFileSync(SCORE, 'utf8')
    writeFileSync(SCORE, FIRST_VICTIM)
  } catch {
    // Not Linux, or not allowed: the kernel chooses by size alone.
  }
  try {
    return start()
  } finally {
    if (before !== undefined) restoreScore(before)
  }
}

function restoreScore(score: string): void {
  try {
    writeFileSync(SCORE, score)
  } catch {
    // Once raised, some kernels let only root lower it.
  }
}
