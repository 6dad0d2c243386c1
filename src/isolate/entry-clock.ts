// CPU time of entries on this thread.
//
// Reading the thread's clock takes as long as half of a short entry. The wall clock is read for nothing, but goes on
// while the machine runs something else, rarely for less than a millisecond. So a short entry counts
// its wall time, and a long one what the thread used since a reading from shortly before it began.
import { noteCharged, threadCpuUs } from '../cpu-clock.ts'

const SHORT_ENTRY_MS = 0.25
/** How old a reading may be when an entry begins. Four thousand of them a second take 0.6 % of the thread. */
const READING_VALID_MS = 0.25
/** The most that a reading takes by itself. */
const READING_MS = 0.02

let readMs = Number.NEGATIVE_INFINITY
let readCpuUs = 0

/** Returns the time to give to {@link entryCpuUs}, in milliseconds. */
export function startEntry(): number {
  const nowMs = performance.now()
  if (nowMs - readMs <= READING_VALID_MS) return nowMs
  readCpuUs = threadCpuUs()
  readMs = performance.now()
  // The reading is for the entry, and charged with it, but not what else the machine did meanwhile.
  return Math.max(nowMs, readMs - READING_MS)
}

/** Ends what {@link startEntry} began. Returns its CPU time, in microseconds, for somebody to be charged. */
export function endEntry(startMs: number): number {
  const usedUs = entryCpuUs(startMs)
  noteCharged(usedUs)
  return usedUs
}

/** CPU time since `startMs`, which the latest {@link startEntry} returned, in microseconds. */
export function entryCpuUs(startMs: number): number {
  const wallUs = (performance.now() - startMs) * 1000
  if (wallUs < SHORT_ENTRY_MS * 1000) return wallUs
  // Between the reading and the entry the thread was at work: had it waited, the reading would rarely be so young.
  const beforeUs = (startMs - readMs) * 1000
  return Math.min(wallUs, Math.max(0, threadCpuUs() - readCpuUs - beforeUs))
}
