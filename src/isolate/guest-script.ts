// The guest runtime's source and code cache, shared by all isolates of the process.
import ivm from 'isolated-vm'
import { guestCache, guestSource } from './guest-cache.ts'

export interface GuestScript {
  readonly source: string
  readonly cachedData?: ivm.ExternalCopy<ArrayBuffer>
}

export const GUEST_FILENAME = 'isopod:guest'

let loaded: GuestScript | undefined
let cacheFolder: string | undefined

export function guestScript(): GuestScript {
  loaded ??= load()
  return loaded
}

/** Where `prepareGuestCache` said that the cache is. Has an effect only before the first isolate. */
export function useGuestCacheIn(folder: string): void {
  cacheFolder = folder
}

function load(): GuestScript {
  const source = guestSource()
  const bytes = guestCache(source, cacheFolder)
  return bytes === undefined ? { source } : { source, cachedData: new ivm.ExternalCopy(bytes) }
}
