// What the settings say of the admin port: what it demands, and where it is found.
import { isIPv6 } from 'node:net'
import type { Settings } from '../config/settings.ts'
import type { AdminDoor } from '../wire/admin-door.ts'
import { type GivenToken, hashOf } from '../wire/caller.ts'
import { isLoopback } from '../wire/loopback.ts'

/** @param own - tokens that parts of the server itself come in with */
export function doorOf(settings: Settings, own: readonly GivenToken[] = []): AdminDoor {
  const { adminChangesPerMinute, adminHosts, adminListen, adminReadsPerMinute, adminToken, requireToken } = settings
  const operator: readonly GivenToken[] =
    adminToken === undefined
      ? []
      : [{ hash: hashOf(adminToken), name: 'ISOPOD_ADMIN_TOKEN', role: 'admin', tenant: undefined }]
  return {
    hosts: adminHosts,
    // What comes from loopback to a port that others reach may come from a proxy.
    requireToken: requireToken || !isLoopback(adminListen),
    given: [...operator, ...own],
    changesPerMinute: adminChangesPerMinute,
    readsPerMinute: adminReadsPerMinute,
  }
}

/** Where this machine finds a port that listens on that address. */
export function adminUrl(address: string, port: number): string {
  const reached = address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address
  return `http://${isIPv6(reached) ? `[${reached}]` : reached}:${port}`
}
