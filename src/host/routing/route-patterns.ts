// Host names and paths that operators route to workers, besides the names that workers have of themselves.
import { IsopodError } from '../../errors.ts'
import type { WorkerAddress } from '../destination.ts'

export interface RoutePattern extends WorkerAddress {
  /** `example.com/api/*`; see {@link parsePattern}. */
  readonly pattern: string
}

interface Parsed {
  /** Without the `*.` it may begin with. */
  readonly hostName: string
  readonly withSubdomains: boolean
  /** Without the `*` it may end with. */
  readonly path: string
  readonly isPrefix: boolean
}

type Rule = Parsed & WorkerAddress

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/
const PATH = /^\/[\w\-.~!$&'()+,;=:@/%]*$/

/**
 * A host name, or `*.` and a host name for all names below it, and a path that ends with `*` where it stands for all that
 * begin so. Without a path: all paths. Ports play no part.
 *
 * @throws IsopodError `INVALID_OPTION`
 */
export function parsePattern(pattern: string): Parsed {
  const slash = pattern.indexOf('/')
  const host = (slash < 0 ? pattern : pattern.slice(0, slash)).toLowerCase()
  const path = slash < 0 ? '/*' : pattern.slice(slash)
  const withSubdomains = host.startsWith('*.')
  const hostName = withSubdomains ? host.slice(2) : host
  const isPrefix = path.endsWith('*')
  const stem = isPrefix ? path.slice(0, -1) : path
  if (HOST_NAME.test(hostName) && PATH.test(stem)) return { hostName, withSubdomains, path: stem, isPrefix }
  const message = `"${pattern.slice(0, 200)}" is no route. Write a host name and a path, such as example.com/api/* or *.example.com/*.`
  throw new IsopodError('INVALID_OPTION', message)
}

/** The one way to write a pattern. @throws as {@link parsePattern} does */
export function normalizePattern(pattern: string): string {
  const { hostName, isPrefix, path, withSubdomains } = parsePattern(pattern)
  return `${withSubdomains ? '*.' : ''}${hostName}${path}${isPrefix ? '*' : ''}`
}

export class RoutePatterns {
  #byHostName = new Map<string, readonly Rule[]>()

  get isEmpty(): boolean {
    return this.#byHostName.size === 0
  }

  setAll(patterns: readonly RoutePattern[]): void {
    const byHostName = new Map<string, Rule[]>()
    for (const { pattern, tenant, worker } of patterns) {
      const rule = { ...parsePattern(pattern), tenant, worker }
      const rules = byHostName.get(rule.hostName)
      if (rules === undefined) byHostName.set(rule.hostName, [rule])
      else rules.push(rule)
    }
    // The longest path first, and among equals the one without `*`.
    for (const rules of byHostName.values()) {
      rules.sort((a, b) => b.path.length - a.path.length || Number(a.isPrefix) - Number(b.isPrefix))
    }
    this.#byHostName = byHostName
  }

  /** The rule of the nearest host name that fits. @param url - absolute, as `absoluteUrl` makes it */
  find(url: string): WorkerAddress | undefined {
    const hostStart = url.indexOf('//') + 2
    const pathStart = url.indexOf('/', hostStart)
    const port = url.indexOf(':', hostStart)
    let hostName = url.slice(hostStart, port >= 0 && port < pathStart ? port : pathStart).toLowerCase()
    const query = url.indexOf('?', pathStart)
    const path = query < 0 ? url.slice(pathStart) : url.slice(pathStart, query)
    for (let isBelow = false; ; isBelow = true) {
      const rules = this.#byHostName.get(hostName)
      const rule = rules?.find(
        (candidate) =>
          candidate.withSubdomains === isBelow &&
          (candidate.isPrefix ? path.startsWith(candidate.path) : path === candidate.path),
      )
      if (rule !== undefined) return rule
      const dot = hostName.indexOf('.')
      if (dot < 0) return undefined
      hostName = hostName.slice(dot + 1)
    }
  }
}
