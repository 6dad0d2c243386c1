// A process that starts others, ended as a whole: it was started as the leader of a group (`detached`).
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'

const STOP_LIMIT_MS = 5000

/** SIGTERM to the leader; SIGKILL to whoever is left. */
export async function stopGroup(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    await Promise.race([exited, delay(STOP_LIMIT_MS, undefined, { ref: false })])
  }
  killGroup(child)
}

export function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nothing of the group is left.
  }
}
