// What the workers of runs are called. Isolates of mode `shared` belong to a tenant, so there each program is a tenant of its
// own; otherwise all are one tenant's, of which everything that counts by tenant has one row.
import type { Mode } from '../../version.ts'

const ALONE = 'alone-'

export function workerName(name: string, mode: Mode | undefined): string {
  return mode === 'shared' ? `${ALONE}${name}` : name
}

export function addressOf(worker: string): { readonly tenant: string; readonly worker: string } {
  return { tenant: worker.startsWith(ALONE) ? worker : 'executions', worker }
}
