// Tells when a host has died, and when there were as many as before, by asking the admin API often: the time until an
// incident is known is part of what is measured.
import { setTimeout as delay } from 'node:timers/promises'
import type { AdminClient, Incident } from '../../support/admin-client.ts'

const POLL_MS = 20

export interface HostDeath {
  readonly incident: Incident
  /** When it was known, of `performance.now()`. */
  readonly seenMs: number
}

export interface IncidentWatch {
  /** Resolves with the first incident, or after `limitMs`. */
  first(limitMs: number): Promise<void>
  /** All there were, oldest first. */
  stop(): Promise<readonly HostDeath[]>
  /** When all hosts were there again after the last one; undefined while they are not. */
  readonly backMs: number | undefined
}

export async function watchIncidents(admin: AdminClient, hasAllHosts: () => Promise<boolean>): Promise<IncidentWatch> {
  const known = new Set((await admin.incidents()).map(keyOf))
  const deaths: HostDeath[] = []
  let backMs: number | undefined
  const stopping = new AbortController()
  const look = async (): Promise<void> => {
    const incidents = await admin.incidents()
    const seenMs = performance.now()
    for (const incident of incidents.toReversed()) {
      if (known.has(keyOf(incident))) continue
      known.add(keyOf(incident))
      deaths.push({ incident, seenMs })
      backMs = undefined
    }
    if (deaths.length > 0 && backMs === undefined && (await hasAllHosts())) backMs = performance.now()
  }
  const watching = (async () => {
    while (!stopping.signal.aborted) {
      await look()
      await delay(POLL_MS)
    }
  })()
  // An admin API that is gone shows when the watch is stopped, not as a rejection nobody awaits.
  watching.catch(() => undefined)
  return {
    get backMs() {
      return backMs
    },
    async first(limitMs) {
      const deadlineMs = performance.now() + limitMs
      while (deaths.length === 0 && performance.now() < deadlineMs) await delay(POLL_MS)
    },
    async stop() {
      stopping.abort()
      await watching
      await look()
      return deaths
    },
  }
}

/** Two hosts may die in one millisecond, but not with one process id. */
function keyOf({ time, pid }: Incident): string {
  return `${time} ${pid}`
}
