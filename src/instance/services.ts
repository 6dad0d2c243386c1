// What instances use of the host, given to them so that they open nothing themselves.
import type { EngineIsolate } from '../isolate/engine-isolate.ts'
import type { Observer } from '../observer.ts'
import type { BindingSource } from '../ops/bindings/binding.ts'
import type { CryptoLines } from '../ops/crypto/crypto-lines.ts'
import type { Fetchers } from '../ops/fetchers.ts'
import type { EntryWatch } from './entry-watch.ts'
import type { OpCounts } from './op-counts.ts'
import type { PreparedVersion } from './prepared-version.ts'

/** Who hears how long a tenant's code has kept this thread. */
export interface ThreadTime {
  /** @param usedUs - in microseconds */
  charge(tenant: string, usedUs: number): void
}

/** Who shows programs to debuggers. */
export interface Inspector {
  /** The version's script is about to run in the isolate. */
  loading(isolate: EngineIsolate, prepared: PreparedVersion): void
}

export interface Services {
  readonly bindings: BindingSource
  readonly cryptoLines: CryptoLines
  readonly fetchers: Fetchers
  readonly observer: Observer
  readonly watch: EntryWatch
  readonly time: ThreadTime
  readonly ops: OpCounts
  readonly inspector?: Inspector | undefined
}
