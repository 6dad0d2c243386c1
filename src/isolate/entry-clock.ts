// CPU time of entries on this thread.
//
// The kernel's thread clock moves in ticks of up to 4 ms and takes 0.3 µs to read; the wall clock is exact, but goes on
// while the machine runs something else. So a short entry counts its wall time, and a long one at most what the thread
// clock allows.
const SHORT_ENTRY_MS = 1
const TICK_US = 4000

let referenceMs = 0
let referenceCpuUs = 0

function threadCpuUs(): number {
  const { user, system } = process.threadCpuUsage()
  return user + system
}

/** Returns the time to give to {@link entryCpuUs}, in milliseconds. */
export function startEntry(): number {
  const nowMs = performance.now()
  // A reading a little too old only makes the bound a little wider.
  if (nowMs - referenceMs > SHORT_ENTRY_MS) {
    referenceMs = nowMs
    referenceCpuUs = threadCpuUs()
  }
  return nowMs
}

/** CPU time since `startMs`, in microseconds. */
export function entryCpuUs(startMs: number): number {
  const wallUs = (performance.now() - startMs) * 1000
  if (wallUs < SHORT_ENTRY_MS * 1000) return wallUs
  return Math.min(wallUs, threadCpuUs() - referenceCpuUs + TICK_US)
}
