// Values that were replaced or deleted stay readable for a moment: somebody may be in the middle of one.

export const REPLACED_KEPT_MS = 60_000
/** Beyond this many bytes the oldest go at once: a writer that is in a hurry must not fill the disk with what was. */
export const REPLACED_KEPT_BYTES: number = 256 * 1024 * 1024
