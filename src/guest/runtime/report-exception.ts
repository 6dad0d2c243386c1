// An exception nobody caught: in a listener, a timer, or a promise. Listeners of "error" on the global object hear of it
// first; unless one of them cancels the event it goes to the log of the task, and ends nothing.
// https://html.spec.whatwg.org/multipage/webappapis.html#report-an-exception
import { writeUncaught } from './log.ts'

/** Tells listeners; returns whether one of them took care of the error. */
type Announce = (error: unknown) => boolean

let announce: Announce = () => false
let isAnnouncing = false

export function setAnnounceError(tell: Announce): void {
  announce = tell
}

export function reportException(error: unknown): void {
  // What a listener of "error" throws is reported to the log alone, or it could go on for ever.
  if (isAnnouncing) {
    writeUncaught(error)
    return
  }
  isAnnouncing = true
  try {
    if (!announce(error)) writeUncaught(error)
  } finally {
    isAnnouncing = false
  }
}
