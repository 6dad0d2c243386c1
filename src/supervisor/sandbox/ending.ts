// How a host ended. bubblewrap reports a signal as a shell does: exit code 128 + its number.
import { constants } from 'node:os'
import type { Ending } from './sandbox.ts'

/** `code` as bubblewrap reports it. No host exits with a code above 128 by itself. */
export function endingThroughBubblewrap(code: number | null, signal: NodeJS.Signals | null): Ending {
  const number = (code ?? 0) - 128
  const name = Object.entries(constants.signals).find(([, value]) => value === number)?.[0]
  return name === undefined ? { code, signal } : { code: null, signal: name as NodeJS.Signals }
}
