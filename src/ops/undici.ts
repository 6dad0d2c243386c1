// undici, loaded when the first worker fetches: its hundred modules take as long as half of a host's start, and many hosts
// never need them. A host that waits calls it before.
import { createRequire } from 'node:module'
import type * as Undici from 'undici'

let loaded: typeof Undici | undefined

export function undici(): typeof Undici {
  loaded ??= createRequire(import.meta.url)('undici') as typeof Undici
  return loaded
}
