// Which entry goes when a place is wanted.
import type { PoolEntry } from './pool-entry.ts'

interface Wanted {
  readonly kind: 'idle' | 'parked'
  /** It is passed over. */
  readonly isKept?: (entry: PoolEntry) => boolean
}

/**
 * The one that was not used for longest, of the idle ones; or of those that only clients' WebSockets keep, which go where
 * none is idle: a worker that is asked comes before clients that wait, who are told and connect again. Else a tenant could
 * hold every place with a socket each.
 */
export function leastRecentlyUsed(entries: Iterable<PoolEntry>, { isKept, kind }: Wanted): PoolEntry | undefined {
  let oldest: PoolEntry | undefined
  for (const entry of entries) {
    const isOfKind = kind === 'idle' ? entry.isIdle : entry.isParked
    if (!isOfKind || (oldest !== undefined && entry.lastUse >= oldest.lastUse)) continue
    if (isKept?.(entry) !== true) oldest = entry
  }
  return oldest
}
