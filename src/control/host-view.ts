// What hosts are told and given: who answers for each worker, and of versions and files those that their own tier runs. What is
// trusted, secrets included, never comes near those on probation.
import type { Tier } from '../stats.ts'
import type { Route } from '../wire/control-messages.ts'
import type { BlobStore } from './blob-store.ts'
import type { PieceOfFile } from './host-links.ts'
import type { KvAccess } from './kv/kv-access.ts'
import type { Overdue } from './overdue.ts'
import type { Quarantine } from './quarantine.ts'
import type { Secrets } from './secrets.ts'
import type { Split, Store, StoredVersion, VersionRow } from './store.ts'
import type { Trust } from './trust.ts'

interface HostViewOptions {
  readonly store: Store
  readonly trust: Trust
  readonly quarantine: Quarantine
  readonly overdue: Overdue
  readonly kvAccess: KvAccess
  readonly secrets: Secrets | undefined
  readonly blobs: BlobStore | undefined
}

const OVERDUE = 'it is past its limits on one host, which may end for it.'

export class HostView {
  readonly #options: HostViewOptions

  constructor(options: HostViewOptions) {
    this.#options = options
  }

  version(number: number, tier: Tier): StoredVersion | undefined {
    const { kvAccess, secrets, store, trust } = this.#options
    const stored = store.version(number)
    if (stored === undefined) return undefined
    const { network, tier: own } = trust.tenant(stored.version.tenant)
    if (own !== tier) return undefined
    kvAccess.learn(number, stored.version)
    const { bindings = {}, env } = stored.version
    const shown = Object.entries(secrets?.values(stored.version) ?? {}).filter(
      ([name]) => !Object.hasOwn(bindings, name),
    )
    const secretNames = shown.map(([name]) => name)
    const version = { network, ...stored.version, env: { ...env, ...Object.fromEntries(shown) }, secretNames }
    return { ...stored, version }
  }

  piece(file: PieceOfFile, tier: Tier): Uint8Array | undefined {
    const { blobs, trust } = this.#options
    const piece = blobs?.piece(file)
    return piece !== undefined && trust.tenant(piece.tenant).tier === tier ? piece.bytes : undefined
  }

  route([main, canary]: Split): Route {
    if (main === undefined) throw new Error('a split has at least one version')
    const { secrets, trust } = this.#options
    const { minWarm, number, tenant, wallMs, worker } = main.row
    const quarantine = this.#heldBack(main.row)
    const { quota, revision, tier, weight } = trust.tenant(tenant)
    return {
      tenant,
      worker,
      number,
      tier,
      revision: revision + (secrets?.revision({ tenant, worker }) ?? 0),
      ...(wallMs === undefined ? {} : { wallMs }),
      ...(minWarm === 0 ? {} : { minWarm }),
      ...(canary === undefined ? {} : { canary: canaryOf(canary) }),
      ...(Object.keys(quota).length === 0 ? {} : { quota }),
      ...(weight === 1 ? {} : { weight }),
      ...(quarantine === undefined ? {} : { quarantine }),
    }
  }

  #heldBack(row: VersionRow): Route['quarantine'] {
    const { overdue, quarantine } = this.#options
    const remainingMs = quarantine.remainingMs(row)
    if (remainingMs > 0) return { remainingMs, reason: quarantine.reason(row) }
    const overdueMs = overdue.remainingMs(row.number)
    return overdueMs > 0 ? { remainingMs: overdueMs, reason: OVERDUE } : undefined
  }
}

function canaryOf({ number, percent, row: { minWarm } }: Split[number]): NonNullable<Route['canary']> {
  return { number, percent, ...(minWarm === 0 ? {} : { minWarm }) }
}
