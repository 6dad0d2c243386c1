// Limits that a test file's worker sets for itself. Everything else is as it ships.
import type { Limits } from '../../src/limits.ts'

/** Longer than the file's own time limit by what a busy machine takes. */
const LONGEST_MS = 80_000

/** A whole file of tests is one task here: it needs the time, and the requests, of many. */
const OF_EVERY_FILE: Partial<Limits> = {
  cpuMs: LONGEST_MS,
  wallMs: LONGEST_MS,
  waitUntilMs: LONGEST_MS,
  subrequests: 1000,
}

/** Files that cannot do with the heap of 50 MiB. */
const HEAP_MB: Readonly<Record<string, number>> = {
  // Arrays of ten million elements.
  'console/console-log-large-array.any.js': 256,
}

export function limitsOf(file: string): Partial<Limits> {
  const heapMb = HEAP_MB[file]
  return heapMb === undefined ? OF_EVERY_FILE : { ...OF_EVERY_FILE, heapMb }
}
