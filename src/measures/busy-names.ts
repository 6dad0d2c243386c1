// Rows by tenant and worker, bounded in number: whoever makes up names must not fill the memory of a host, nor that of
// whoever stores what is measured.
//
// A row's activity is the number of its tasks, halved each time the table is full. When there is a quarter more of them
// than may stay, the least active go: those that are busy stay for good, and of those that come and go the latest.

export interface Row {
  activity: number
}

export interface TenantRows<T, R extends Row> {
  readonly tenant: string
  readonly own: T
  readonly workers: ReadonlyMap<string, R>
}

export interface BusyNamesOptions<T, R extends Row> {
  /** That stay when the table was full. */
  readonly maxWorkers: number
  readonly maxTenants: number
  tenantRow(): T
  workerRow(): R
  /** It is about to leave the table. */
  workerLeaves?(row: R, tenant: TenantRows<T, R>): void
  /** Likewise; its workers have left before. */
  tenantLeaves?(tenant: TenantRows<T, R>): void
}

interface Tenant<T, R extends Row> extends TenantRows<T, R> {
  readonly workers: Map<string, R>
}

const SLACK = 1.25

export class BusyNames<T, R extends Row> {
  readonly #options: BusyNamesOptions<T, R>
  readonly #tenants = new Map<string, Tenant<T, R>>()
  #workerCount = 0

  constructor(options: BusyNamesOptions<T, R>) {
    this.#options = options
  }

  /** The worker's row; a new one where it has none. */
  of(tenant: string, worker: string): R {
    return this.#tenants.get(tenant)?.workers.get(worker) ?? this.#add(tenant, worker)
  }

  /** Where there is one. */
  find(tenant: string, worker: string): R | undefined {
    return this.#tenants.get(tenant)?.workers.get(worker)
  }

  /** The tenant's own; a new one where it has none. */
  ofTenant(tenant: string): T {
    return this.#tenant(tenant).own
  }

  get tenants(): Iterable<TenantRows<T, R>> {
    return this.#tenants.values()
  }

  findTenant(tenant: string): TenantRows<T, R> | undefined {
    return this.#tenants.get(tenant)
  }

  #tenant(tenant: string): Tenant<T, R> {
    const known = this.#tenants.get(tenant)
    if (known !== undefined) return known
    if (this.#tenants.size >= this.#options.maxTenants * SLACK) this.#makeRoom()
    const rows = { tenant, own: this.#options.tenantRow(), workers: new Map<string, R>() }
    this.#tenants.set(tenant, rows)
    return rows
  }

  #add(tenant: string, worker: string): R {
    if (this.#workerCount >= this.#options.maxWorkers * SLACK) this.#makeRoom()
    const row = this.#options.workerRow()
    this.#tenant(tenant).workers.set(worker, row)
    this.#workerCount += 1
    return row
  }

  #makeRoom(): void {
    const { maxTenants, maxWorkers } = this.#options
    const tenants = [...this.#tenants.values()].map((rows) => ({ rows, activity: activityOf(rows) }))
    const workers = [...this.#tenants.values()].flatMap((rows) =>
      [...rows.workers].map(([worker, row]) => ({ rows, worker, row })),
    )
    workers.sort((left, right) => right.row.activity - left.row.activity)
    for (const { rows, worker } of workers.slice(maxWorkers)) this.#leave(rows, worker)
    tenants.sort((left, right) => right.activity - left.activity)
    for (const { rows } of tenants.slice(maxTenants)) {
      for (const worker of rows.workers.keys()) this.#leave(rows, worker)
      this.#options.tenantLeaves?.(rows)
      this.#tenants.delete(rows.tenant)
    }
    for (const { row } of workers) row.activity /= 2
  }

  #leave(rows: Tenant<T, R>, worker: string): void {
    const row = rows.workers.get(worker)
    if (row === undefined) return
    this.#options.workerLeaves?.(row, rows)
    rows.workers.delete(worker)
    this.#workerCount -= 1
  }
}

function activityOf<T, R extends Row>({ workers }: TenantRows<T, R>): number {
  let activity = 0
  for (const row of workers.values()) activity += row.activity
  return activity
}
