// The guest's clocks. They show when the present entry began, and stand still while code runs: who can time what others
// do to a shared machine learns about them, and code that cannot time itself cannot. The operator may have them go on.
//
// Whole milliseconds, for the same reason.
import { DateNow } from './primordials.ts'

let isFrozen = true
let entryTimeMs = DateNow()
let origin: number | undefined
let latest = 0

/** An entry begins. */
export function setEntryTime(): void {
  entryTimeMs = DateNow()
}

/** The clocks of this context show the time at every moment. */
export function useRealTime(): void {
  isFrozen = false
}

/** Milliseconds since the epoch. */
export function currentTime(): number {
  return isFrozen ? entryTimeMs : DateNow()
}

/** When the context began, in ms since the epoch. Fixed by the first call. */
export function timeOrigin(): number {
  origin ??= currentTime()
  return origin
}

/** Milliseconds since the time origin. The system clock may be set back; this one never goes back. */
export function monotonicNow(): number {
  const elapsed = currentTime() - timeOrigin()
  if (elapsed > latest) latest = elapsed
  return latest
}
