// A fetcher for each network guard, so that a connection made under one policy never serves another, nor another tenant:
// what a server grants to a connection (a login, a TLS session) stays with whom it was granted to, and nobody learns from
// a connection that is already there what others fetch. Fetchers nobody uses are closed.
import { createFetcher, type Fetcher, type FetcherOptions } from './fetch.ts'
import type { NetworkGuard } from './network-guard.ts'

export interface FetchersOptions extends Omit<FetcherOptions, 'guard'> {
  /** Fetchers kept; more only while they have requests under way. 1,000 unless given. */
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
  #sweep: NodeJS.Timeout | undefined
  #closed = false

  constructor({ maxFetchers = 1000, maxIdleMs = 60_000, ...options }: FetchersOptions = {}) {
    this.#options = options
    this.#maxFetchers = maxFetchers
    this.#maxIdleMs = maxIdleMs
  }

  get size(): number {
    return this.#kept.size
  }

  /** To be asked for each request, in the turn that starts it: one that has nothing to do may be closed in the next. */
  for(guard: NetworkGuard): Fetcher {
    const kept = this.#kept.get(guard.key) ?? { fetcher: createFetcher({ ...this.#options, guard }), usedMs: 0 }
    kept.usedMs = performance.now()
    this.#kept.delete(guard.key)
    this.#kept.set(guard.key, kept)
    if (this.#closed) {
      void kept.fetcher.close()
      return kept.fetcher
    }
    if (this.#kept.size > this.#maxFetchers) this.#closeOne(guard.key)
    this.#sweep ??= setTimeout(() => this.#closeUnused(), this.#maxIdleMs).unref()
    return kept.fetcher
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#sweep)
    await Promise.all([...this.#kept.values()].map(({ fetcher }) => fetcher.close()))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #closeUnused(): void {
    this.#sweep = undefined
    const sinceMs = performance.now() - this.#maxIdleMs
    for (const [key, { fetcher, usedMs }] of this.#kept) {
      if (usedMs <= sinceMs && fetcher.isIdle) this.#drop(key, fetcher)
    }
    if (this.#kept.size > 0) this.#sweep = setTimeout(() => this.#closeUnused(), this.#maxIdleMs).unref()
  }

  #closeOne(except: string): void {
    for (const [key, { fetcher }] of this.#kept) {
      if (key === except || !fetcher.isIdle) continue
      this.#drop(key, fetcher)
      return
    }
  }

  #drop(key: string, fetcher: Fetcher): void {
    this.#kept.delete(key)
    void fetcher.close()
  }
}
