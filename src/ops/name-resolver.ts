// Resolves host names for one fetcher, without the operating system's resolver: getaddrinfo holds a thread for as long as
// a name server is silent, libuv gives all of a process's lookups two of its four threads, and nothing can cancel them.
// Measured: with two lookups under way that take 5 s each, one of `localhost` took 5.0 s; with eight, 20 s. One tenant
// would keep every other from the network. c-ares asks over sockets; a query takes 0.1 ms, a resolver 0.06 ms to make.
//
// What is not as in the operating system: no search domains (a name is complete as it stands), no mDNS, LDAP and the like.
import { Resolver } from 'node:dns'
import type { LookupAddress } from 'node:dns'
import { isIP } from 'node:net'
import type { LookupFunction } from 'node:net'
import { normalizeHost } from './host-pattern.ts'
import { hostsFileAddresses } from './hosts-file.ts'

/** More wait for their turn: a tenant's share of the name servers' patience. */
const MAX_AT_ONCE = 32
/** Answers of one kind wait this long for the other. https://www.rfc-editor.org/rfc/rfc8305#section-3 */
const OTHER_FAMILY_MS = 50
/** The machine's name servers may change; c-ares reads them when a resolver is made. */
const RENEW_MS = 60_000
const LOOPBACK: readonly string[] = ['127.0.0.1', '::1']

export interface NameResolverOptions {
  /** Longest wait for an answer, the wait for its turn included, in milliseconds. */
  readonly timeoutMs: number
  readonly nameServers?: readonly string[] | undefined
}

export class NameResolver {
  readonly #options: NameResolverOptions
  /** Of lookups under way: a burst of requests to one host asks once. */
  readonly #asked = new Map<string, Promise<readonly string[]>>()
  readonly #turns: (() => void)[] = []
  #atOnce = 0
  #resolver: Resolver | undefined
  #renewAtMs = 0

  constructor(options: NameResolverOptions) {
    this.#options = options
  }

  /** As `dns.lookup` with `all`; answers are not yet judged. */
  readonly lookup: LookupFunction = (hostname, _options, callback) => {
    this.#addresses(hostname).then(
      (addresses) => callback(null, addresses.map(toLookupAddress)),
      (error: NodeJS.ErrnoException) => callback(error, []),
    )
  }

  close(): void {
    this.#resolver?.cancel()
  }

  async #addresses(hostname: string): Promise<readonly string[]> {
    const name = normalizeHost(hostname)
    // Never asked of a name server, who may know another. https://www.rfc-editor.org/rfc/rfc6761#section-6.3
    if (name === 'localhost' || name.endsWith('.localhost')) return LOOPBACK
    const local = hostsFileAddresses(name)
    if (local.length > 0) return local
    const asked = this.#asked.get(name)
    if (asked !== undefined) return asked
    const answer = this.#inTurn(name).finally(() => this.#asked.delete(name))
    this.#asked.set(name, answer)
    return answer
  }

  async #inTurn(name: string): Promise<readonly string[]> {
    const failAtMs = performance.now() + this.#options.timeoutMs
    if (this.#atOnce >= MAX_AT_ONCE) await new Promise<void>((resolve) => this.#turns.push(resolve))
    else this.#atOnce += 1
    try {
      const leftMs = failAtMs - performance.now()
      // Whoever asked has given up.
      if (leftMs <= 0) throw unresolved('EAI_AGAIN')
      return await this.#ask(name, leftMs)
    } finally {
      // The place goes to the next one, if there is one.
      const next = this.#turns.shift()
      if (next === undefined) this.#atOnce -= 1
      else next()
    }
  }

  /** IPv4 first: where only one family works, it is this one more often, and connecting tries the other next. */
  #ask(name: string, timeoutMs: number): Promise<readonly string[]> {
    const resolver = this.#current()
    return new Promise((resolve, reject) => {
      const found: Record<4 | 6, readonly string[]> = { 4: [], 6: [] }
      const codes: string[] = []
      const settle = (): void => {
        clearTimeout(timer)
        const addresses = [...found[4], ...found[6]]
        if (addresses.length > 0) resolve(addresses)
        else reject(unresolved(codes.length === 2 && codes.every(isFinal) ? 'ENOTFOUND' : 'EAI_AGAIN'))
      }
      let timer = setTimeout(settle, timeoutMs)
      const answered = (family: 4 | 6) => (error: NodeJS.ErrnoException | null, addresses?: string[]) => {
        codes.push(error?.code ?? '')
        found[family] = addresses ?? []
        if (codes.length === 2) return settle()
        if (error !== null) return
        clearTimeout(timer)
        timer = setTimeout(settle, Math.min(OTHER_FAMILY_MS, timeoutMs))
      }
      resolver.resolve4(name, answered(4))
      resolver.resolve6(name, answered(6))
    })
  }

  #current(): Resolver {
    if (this.#resolver === undefined || performance.now() >= this.#renewAtMs) {
      // A server that is silent is asked twice, for 2 s and 4 s.
      this.#resolver = new Resolver({ timeout: 2000, tries: 2 })
      if (this.#options.nameServers !== undefined) this.#resolver.setServers(this.#options.nameServers)
      this.#renewAtMs = performance.now() + RENEW_MS
    }
    return this.#resolver
  }
}

function toLookupAddress(address: string): LookupAddress {
  return { address, family: isIP(address) }
}

/** The name servers say that there is no such address, rather than nothing. */
function isFinal(code: string): boolean {
  return code === 'ENOTFOUND' || code === 'ENODATA' || code === 'EBADNAME'
}

function unresolved(code: 'ENOTFOUND' | 'EAI_AGAIN'): NodeJS.ErrnoException {
  return Object.assign(new Error('the name was not resolved'), { code })
}
