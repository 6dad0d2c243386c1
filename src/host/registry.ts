// Which version answers for which worker. Switching is one assignment: a task sees the old version or the new one.
import type { PreparedVersion } from '../instance/prepared-version.ts'
import { assertName } from '../worker-name.ts'

/** A worker's name; alone it means the tenant `default`. */
export type WorkerId = string | { readonly tenant?: string; readonly worker: string }

export const DEFAULT_TENANT = 'default'

/** @throws IsopodError `INVALID_WORKER_ID` */
export function addressOf(id: WorkerId): { readonly tenant: string; readonly worker: string } {
  if (typeof id !== 'object' || id === null) {
    assertName(id, 'worker')
    return { tenant: DEFAULT_TENANT, worker: id }
  }
  const { tenant = DEFAULT_TENANT, worker } = id
  assertName(worker, 'worker')
  assertName(tenant, 'tenant')
  return { tenant, worker }
}

export class Registry {
  readonly #versions = new Map<string, PreparedVersion>()

  get(tenant: string, worker: string): PreparedVersion | undefined {
    return this.#versions.get(`${tenant}/${worker}`)
  }

  /** @throws IsopodError `INVALID_WORKER_ID` */
  find(id: WorkerId): PreparedVersion | undefined {
    if (typeof id === 'string') return this.#versions.get(`${DEFAULT_TENANT}/${id}`) ?? notFound(id)
    if (typeof id !== 'object' || id === null) assertName(id, 'worker')
    assertName(id.worker, 'worker')
    const tenant = id.tenant ?? DEFAULT_TENANT
    assertName(tenant, 'tenant')
    return this.get(tenant, id.worker)
  }

  /** Returns the version that has no claim any more: the previous one, or this one where a later one was faster. */
  set(prepared: PreparedVersion): PreparedVersion | undefined {
    const { tenant, worker } = prepared.version
    const key = `${tenant}/${worker}`
    const present = this.#versions.get(key)
    if (present !== undefined && present.order > prepared.order) return prepared
    this.#versions.set(key, prepared)
    return present
  }

  delete(prepared: PreparedVersion): void {
    const { tenant, worker } = prepared.version
    const key = `${tenant}/${worker}`
    if (this.#versions.get(key) === prepared) this.#versions.delete(key)
  }

  names(): { readonly tenant: string; readonly worker: string; readonly version: string }[] {
    return [...this.#versions.values()].map(({ version: { tenant, worker, id } }) => ({ tenant, worker, version: id }))
  }
}

function notFound(id: string): undefined {
  assertName(id, 'worker')
}
