// A host as operators see it.
import type { HostHealth, Tier } from '../stats.ts'

export interface HostStatus extends HostHealth {
  readonly id: number
  /** None for the process that waits to take the place of a host. */
  readonly tier: Tier | null
  readonly pid: number
  readonly state: string
  readonly uptimeMs: number
  /** How often a host of its tier had to be started again. */
  readonly restarts: number
}
