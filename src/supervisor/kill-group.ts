// Ends a child with whatever it has started: it leads a process group (`detached`). bubblewrap's own child does not yet go with
// its parent when it has just been made, and would wait for ever for one that is gone, with our pipes in its hands.
import type { ChildProcess } from 'node:child_process'

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
