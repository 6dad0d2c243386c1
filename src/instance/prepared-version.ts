// A version as instances use it: settings resolved, what is costly made once and shared by all its instances.
import { DEFAULT_LIMITS, type Limits } from '../limits.ts'
import { createNetworkGuard, type NetworkGuard } from '../ops/network-guard.ts'
import type { BindingConfig, Clock, Mode, NetworkPolicy, Version } from '../version.ts'
import { createStackMapper } from './stack-trace.ts'

export interface PreparedVersion {
  readonly version: Version
  /** Unique within the process, also where an id is used again. */
  readonly key: string
  /** What a watchdog calls it. */
  readonly number: number
  /** Grows with every version of the process: of two loads at once, the one begun later wins. */
  readonly order: number
  readonly mode: Mode
  readonly limits: Limits
  /** Instances that are kept ready for it. */
  readonly minWarm: number
  readonly network: NetworkGuard
  readonly clock: Clock
  /** JSON of what becomes `env`: values, and the kinds of bindings by name. */
  readonly envText: string
  readonly mapStack: (stack: string) => string
  /** V8's compiled form of the script, where a clean process made one. */
  codeCache: ArrayBuffer | undefined
}

export interface VersionDefaults {
  readonly mode: Mode
  readonly limits: Partial<Limits>
  /** Bounds every version's own. */
  readonly network: NetworkPolicy
  readonly clock: Clock
}

let count = 0

/** All the guest learns of its bindings. */
function kindsOf({ bindings = {} }: Version): Record<string, BindingConfig['type']> {
  return Object.fromEntries(Object.entries(bindings).map(([name, { type }]) => [name, type]))
}

export function prepareVersion(version: Version, defaults: VersionDefaults): PreparedVersion {
  count += 1
  return {
    version,
    key: `${version.tenant}/${version.worker}@${version.id}#${count}`,
    number: version.number ?? count,
    order: count,
    mode: version.mode ?? defaults.mode,
    limits: Object.freeze({ ...DEFAULT_LIMITS, ...defaults.limits, ...version.limits }),
    minWarm: version.minWarm ?? 0,
    network: createNetworkGuard({ operator: defaults.network, tenant: version.network, owner: version.tenant }),
    clock: defaults.clock,
    envText: JSON.stringify({ env: version.env ?? {}, bindings: kindsOf(version) }),
    mapStack: createStackMapper(version.bundle),
    codeCache: undefined,
  }
}
