// undici, loaded when the first worker fetches: its hundred modules take as long as half of a host's start, and many hosts
// never need them. A host that waits loads them meanwhile.
import { createRequire } from 'node:module'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type * as Undici from 'undici'

let loaded: typeof Undici | undefined

export function undici(): typeof Undici {
  loaded ??= createRequire(import.meta.url)('undici') as typeof Undici
  return loaded
}

/**
 * Undefined where it is loaded. Else in a turn of its own: within the entry that asks it would be on the account of the
 * worker, and cost it more processor time than a task may have.
 */
export function loadUndici(): Promise<void> | undefined {
  if (loaded !== undefined) return undefined
  return nextTurn().then(() => void undici())
}
