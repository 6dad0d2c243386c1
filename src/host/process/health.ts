// How a host fares, by its own account: what its pings are answered with.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { HostHealth } from '../../stats.ts'
import { residentBytes } from '../watch/resident-memory.ts'

const RESOLUTION_MS = 100

/** Returns a function that gives the account since its last call. */
export function watchHealth(counts: () => { readonly instances: number; readonly running: number }): () => HostHealth {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  return () => {
    const worstMs = delay.count === 0 ? 0 : delay.max / 1e6 - RESOLUTION_MS
    delay.reset()
    return { loopLagMs: Math.max(0, Math.round(worstMs)), rssBytes: residentBytes(), ...counts() }
  }
}
