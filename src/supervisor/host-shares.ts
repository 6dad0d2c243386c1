// Each host's share of what is counted for the whole server.
import type { HostConfig } from '../wire/supervisor-messages.ts'

type Counted = Pick<HostConfig, 'persistentReplicas' | 'poolSize' | 'tenantInstances'>

/** The probation host, alone with its tenants, has as much as one main host. */
export function sharesOf({ persistentReplicas, poolSize, tenantInstances }: Counted, mainHosts: number): Counted {
  const all = mainHosts + 1
  return {
    poolSize: Math.ceil(poolSize / all),
    // Less than one would be a worker that never answers.
    persistentReplicas: Math.max(1, Math.floor(persistentReplicas / mainHosts)),
    ...(tenantInstances === undefined ? {} : { tenantInstances: Math.ceil(tenantInstances / all) }),
  }
}
