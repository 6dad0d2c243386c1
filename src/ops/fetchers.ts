// A fetcher for each network guard, so that a connection made under one policy never serves another, nor another tenant:
// what a server grants to a connection (a login, a TLS session) stays with whom it was granted to, and nobody learns from
// a connection that is already there what others fetch. Fetchers nobody uses are closed.
import { createFetcher, type Fetcher, type FetcherOptions } from './fetch.ts'
import type { NetworkGuard } from './network-guard.ts'

export interface FetchersOptions extends Omit<FetcherOptions, 'guard'> {
  /** Fetchers kept, those with waiting requests aside; 1,000 unless given. */
  readonly maxFetchers?: number
  /** A fetcher that was not asked for this long is closed, in milliseconds; 60,000 unless given. */
  readonly maxIdleMs?: number
}

interface Kept {
  readonly fetcher: Fetcher
  usedMs: number
}

export class Fetchers implements AsyncDisposable {
  readonly #options: FetchersOptions
  readonly #maxFetchers: number
  readonly #maxIdleMs: number
  /** By the guard's key, the least recently used first. */
  readonly #kept = new Map<string, Kept>()
  /** Closed once their last response has been read. */
  readonly #retiring = new Set<Fetcher>()
  #sweep: NodeJS.Timeout | undefined
  #closed = false

  constructor({ maxFetchers = 1000, maxIdleMs = 60_000, ...options }: FetchersOptions = {}) {
    this.#options = options
    this.#maxFetchers = maxFetchers
    this.#maxIdleMs = maxIdleMs
  }

  /** Fetchers with connections, those included that only wait for their last responses. */
  get size(): number {
    return this.#kept.size + this.#retiring.size
  }

  /** To be asked for each request: what it gives may be closed once its requests are answered. */
  for(guard: NetworkGuard): Fetcher {
    const kept = this.#kept.get(guard.key) ?? { fetcher: createFetcher({ ...this.#options, guard }), usedMs: 0 }
    kept.usedMs = performance.now()
    this.#kept.delete(guard.key)
    this.#kept.set(guard.key, kept)
    if (this.#closed) {
      void kept.fetcher.close()
      return kept.fetcher
    }
    if (this.#kept.size > this.#maxFetchers) this.#retireFirst(guard.key)
    this.#sweep ??= setTimeout(() => this.#retireUnused(), this.#maxIdleMs).unref()
    return kept.fetcher
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#sweep)
    const fetchers = [...[...this.#kept.values()].map(({ fetcher }) => fetcher), ...this.#retiring]
    await Promise.all(fetchers.map((fetcher) => fetcher.close()))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #retireUnused(): void {
    this.#sweep = undefined
    const sinceMs = performance.now() - this.#maxIdleMs
    for (const [key, { fetcher, usedMs }] of this.#kept) {
      if (usedMs <= sinceMs && fetcher.waiting === 0) this.#retire(key, fetcher)
    }
    if (this.#kept.size > 0) this.#sweep = setTimeout(() => this.#retireUnused(), this.#maxIdleMs).unref()
  }

  #retireFirst(except: string): void {
    for (const [key, { fetcher }] of this.#kept) {
      if (key === except || fetcher.waiting > 0) continue
      this.#retire(key, fetcher)
      return
    }
  }

  #retire(key: string, fetcher: Fetcher): void {
    this.#kept.delete(key)
    this.#retiring.add(fetcher)
    const retired = (): boolean => this.#retiring.delete(fetcher)
    fetcher.retire().then(retired, retired)
  }
}
