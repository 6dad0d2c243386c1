// Says that an answer is awaited, once that has lasted long enough to be noticed.
import { useLate } from './use-late.ts'

export function Loading() {
  return useLate(true) ? <p className="muted">Loading…</p> : null
}
