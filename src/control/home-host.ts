// The host where a worker is loaded first, of those that are there; what others find by `homeSlot` too.
import { homeSlot } from '../host/routing/home-slot.ts'
import type { HostLink } from './host-links.ts'
import type { WorkerName } from './store.ts'

/** The first where hosts have no slots; undefined where there are none. */
export function homeHost(worker: WorkerName, hosts: readonly HostLink[]): HostLink | undefined {
  const home = homeSlot(
    worker,
    hosts.flatMap(({ slot }) => (slot === undefined ? [] : [slot])),
  )
  // Of two the later one is about to be alone.
  return hosts.findLast(({ slot }) => slot === home && slot !== undefined) ?? hosts[0]
}
