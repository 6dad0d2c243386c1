// Which host names and paths are routed to which worker. A host name belongs to the tenant that used it first.
import { IsopodError } from '../errors.ts'
import { normalizePattern, parsePattern, type RoutePattern } from '../host/routing/route-patterns.ts'
import type { Database } from './database.ts'
import type { WorkerName } from './store.ts'

export class Routes {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  list(): readonly RoutePattern[] {
    return this.#database.sql
      .prepare('SELECT pattern, tenant, worker FROM routes ORDER BY pattern')
      .all()
      .map((row) => ({ pattern: String(row['pattern']), tenant: String(row['tenant']), worker: String(row['worker']) }))
  }

  /**
   * These, and no others, are routed to the worker.
   *
   * @throws IsopodError `INVALID_OPTION`; `ROUTE_CONFLICT` where one is another worker's, or its host name another tenant's
   */
  setAll(worker: WorkerName, patterns: readonly string[], author: string): void {
    const wanted = new Set(patterns.map(normalizePattern))
    const others = this.list().filter((route) => route.tenant !== worker.tenant || route.worker !== worker.worker)
    for (const pattern of wanted) assertFree(worker, pattern, others)
    const { sql, transaction } = this.#database
    transaction(() => {
      sql.prepare('DELETE FROM routes WHERE tenant = ? AND worker = ?').run(worker.tenant, worker.worker)
      const insert = sql.prepare('INSERT INTO routes (pattern, tenant, worker, time, author) VALUES (?, ?, ?, ?, ?)')
      for (const pattern of wanted) insert.run(pattern, worker.tenant, worker.worker, Date.now(), author)
    })
  }
}

function assertFree({ tenant }: WorkerName, pattern: string, others: readonly RoutePattern[]): void {
  const { hostName } = parsePattern(pattern)
  for (const other of others) {
    if (other.tenant === tenant) {
      if (other.pattern !== pattern) continue
      throw new IsopodError('ROUTE_CONFLICT', `${pattern} is routed to the worker "${other.worker}".`)
    }
    const theirs = parsePattern(other.pattern).hostName
    // Names below a tenant's own are its own too.
    const isSame = theirs === hostName || theirs.endsWith(`.${hostName}`) || hostName.endsWith(`.${theirs}`)
    if (isSame) throw new IsopodError('ROUTE_CONFLICT', `The host name ${hostName} belongs to another tenant.`)
  }
}
