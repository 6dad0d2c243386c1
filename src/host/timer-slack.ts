// Linux wakes sleeping threads for timers up to this much late, in batches. isolated-vm arms a timer for every entry and
// drops it microseconds later; with the default slack of 50 µs its timer thread wakes for many that are long dead
// (measured: 1 µs of 20 for each request with one isolate, 4 of 49 with fifty).
import { writeFileSync } from 'node:fs'

const SLACK_NS = 1_000_000

/** Call before the first isolate is made: threads take the setting from the one that starts them. */
export function relaxTimers(): void {
  try {
    writeFileSync('/proc/self/timerslack_ns', String(SLACK_NS))
  } catch {
    // Not Linux, or not allowed: it is only faster with it.
  }
}
