// The guest runtime's scripts and their code caches, shared by all isolates of the process.
import ivm from 'isolated-vm'
import { guestCaches, type GuestScripts, guestSources } from './guest-cache.ts'

export interface GuestScript {
  readonly source: string
  readonly cachedData?: ivm.ExternalCopy<ArrayBuffer>
}

export const GUEST_FILENAME = 'isopod:guest'

let loaded: GuestScripts<GuestScript> | undefined
let cacheFolder: string | undefined

/** What every context begins with. */
export function guestScript(): GuestScript {
  loaded ??= load()
  return loaded.main
}

/** What is evaluated when a program first needs it; see `guest/parts.ts`. */
export function guestPart(name: string): GuestScript {
  loaded ??= load()
  const part = loaded.parts.get(name)
  if (part === undefined) throw new Error(`the guest has no part ${name}`)
  return part
}

/** Where `prepareGuestCache` said that the cache is. Has an effect only before the first isolate. */
export function useGuestCacheIn(folder: string): void {
  cacheFolder = folder
}

function load(): GuestScripts<GuestScript> {
  const sources = guestSources()
  const caches = guestCaches(sources, cacheFolder)
  return {
    main: toScript(sources.main, caches?.main),
    parts: new Map([...sources.parts].map(([name, source]) => [name, toScript(source, caches?.parts.get(name))])),
  }
}

function toScript(source: string, cache: Uint8Array<ArrayBuffer> | undefined): GuestScript {
  // The copy takes a whole buffer, and this one is a part of the file's.
  return cache === undefined ? { source } : { source, cachedData: new ivm.ExternalCopy(new Uint8Array(cache).buffer) }
}
