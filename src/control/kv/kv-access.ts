// Which namespaces a version may reach: those it binds, of its own tenant, while its tenant is in the tier of the host
// that asks. Versions do not change, so what they bind is remembered; the tier is looked up each time.
import type { KvScope } from '../../host/kv/kv-store.ts'
import type { Tier } from '../../stats.ts'
import type { Version } from '../../version.ts'

interface Bound {
  readonly tenant: string
  readonly namespaces: ReadonlySet<string>
}

type Binder = Pick<Version, 'tenant' | 'bindings'>

export interface KvAccessEvents {
  version(number: number): Binder | undefined
  tierOf(tenant: string): Tier
}

const MAX_REMEMBERED = 10_000

export class KvAccess {
  readonly #events: KvAccessEvents
  readonly #bound = new Map<number, Bound>()

  constructor(events: KvAccessEvents) {
    this.#events = events
  }

  /** A host was given the version: its tasks may outlast it in the store. */
  learn(number: number, { bindings = {}, tenant }: Binder): Bound {
    const namespaces = Object.values(bindings).flatMap((binding) => (binding.type === 'kv' ? [binding.namespace] : []))
    const bound = { tenant, namespaces: new Set(namespaces) }
    this.#bound.set(number, bound)
    const [oldest] = this.#bound.keys()
    if (this.#bound.size > MAX_REMEMBERED && oldest !== undefined) this.#bound.delete(oldest)
    return bound
  }

  scopeOf(
    tier: Tier,
    { namespace, number }: { readonly namespace: string; readonly number: number },
  ): KvScope | undefined {
    const bound = this.#bound.get(number) ?? this.#look(number)
    if (bound === undefined || !bound.namespaces.has(namespace) || this.#events.tierOf(bound.tenant) !== tier)
      return undefined
    return { tenant: bound.tenant, namespace }
  }

  #look(number: number): Bound | undefined {
    const version = this.#events.version(number)
    return version === undefined ? undefined : this.learn(number, version)
  }
}
