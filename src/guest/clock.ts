// The guest's monotonic clock. Whole milliseconds: tenants share a machine, and fine clocks tell them about each other.
import { DateNow } from './primordials.ts'

let origin: number | undefined
let latest = 0

/** When the context began, in ms since the epoch. Fixed by the first call. */
export function timeOrigin(): number {
  origin ??= DateNow()
  return origin
}

/** Milliseconds since the time origin. The system clock may be set back; this one never goes back. */
export function monotonicNow(): number {
  const elapsed = DateNow() - timeOrigin()
  if (elapsed > latest) latest = elapsed
  return latest
}
