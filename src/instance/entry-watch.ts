// Who is inside V8 at this moment, told to whoever must act when V8 does not come back: a watchdog, a flight recorder.
// Called around every entry, so it may cost next to nothing.

export interface EntryWatch {
  /** Code of the version with this number is about to run, and should be back within `limitMs`. */
  enter(version: number, limitMs: number): void
  leave(): void
}

/** For hosts whose isolates nobody watches. */
export const UNWATCHED: EntryWatch = { enter: () => undefined, leave: () => undefined }
