// What is still under way in a server, by its own account.
import type { Client } from '../../../src/client/client.ts'

export interface Leftovers {
  readonly running: number
  readonly queued: number
  readonly openOps: number
  readonly sockets: number
  /** For a place in a pool. */
  readonly waiting: number
}

export async function leftoversOf(admin: Client): Promise<Leftovers> {
  const { entries, waiting } = await admin.pool()
  const sum = (key: 'running' | 'queue_depth' | 'open_ops' | 'sockets'): number =>
    entries.reduce((total, entry) => total + entry[key], 0)
  return {
    running: sum('running'),
    queued: sum('queue_depth'),
    openOps: sum('open_ops'),
    sockets: sum('sockets'),
    waiting,
  }
}

export function countLeftovers(leftovers: Leftovers): number {
  return Object.values(leftovers).reduce((total: number, count: number) => total + count, 0)
}
