// Ends a child with whatever it has started. It leads a process group (`detached`): bubblewrap's own child does not yet go with its
// parent when it has just been made, and would wait for ever for one that is gone. A moment later it leads a group of its own,
// and still does not: the program in it ends when its channel is closed. Both would keep our ends of the pipes open.
import type { ChildProcess } from 'node:child_process'

/** What was written before the end has been read by then. */
const LET_GO_AFTER_MS = 500

export function killGroup(child: ChildProcess): void {
  // What has ended gave its number back; somebody else may have it.
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // Nothing of the group is left, or it was given no group of its own.
    child.kill('SIGKILL')
  }
}

/** Calls `ended` when nobody holds the child's pipes any more, at the latest some time after its exit. */
export function onceEnded(
  child: ChildProcess,
  ended: (code: number | null, signal: NodeJS.Signals | null) => void,
): void {
  child.once('close', ended)
  child.once('exit', (code, signal) => {
    const timer = setTimeout(() => {
      // Closed by us, it tells of no `close`.
      if (child.connected) child.disconnect()
      for (const stream of child.stdio) stream?.destroy()
      child.removeListener('close', ended)
      ended(code, signal)
    }, LET_GO_AFTER_MS)
    timer.unref()
    child.once('close', () => clearTimeout(timer))
  })
}
