// URLPatternInit: what is given of a pattern, or of a URL, by component.
// https://urlpattern.spec.whatwg.org/#process-a-urlpatterninit
import {
  ObjectPrototypeHasOwnProperty,
  StringPrototypeEndsWith,
  StringPrototypeLastIndexOf,
  StringPrototypeSlice,
  StringPrototypeStartsWith,
  TypeErrorConstructor,
} from '../primordials.ts'
import { toUSVString } from '../webidl/convert.ts'
import {
  canonicalHash,
  canonicalHostname,
  canonicalOpaquePathname,
  canonicalPassword,
  canonicalPathname,
  canonicalPort,
  canonicalProtocol,
  canonicalSearch,
  canonicalUsername,
  componentsOf,
  defaultPort,
  type UrlComponents,
} from './canonicalize.ts'
import { escapePattern } from './write-pattern.ts'

export const COMPONENTS = [
  'protocol',
  'username',
  'password',
  'hostname',
  'port',
  'pathname',
  'search',
  'hash',
] as const
export type ComponentName = (typeof COMPONENTS)[number]
export type Components = Partial<Record<ComponentName, string>>
export type PatternInit = Components & { baseURL?: string }

type Kind = 'pattern' | 'url'

/** The members, in the order Web IDL reads them. */
const MEMBERS = [
  'baseURL',
  'hash',
  'hostname',
  'password',
  'pathname',
  'port',
  'protocol',
  'search',
  'username',
] as const

/** What is given of the dictionary, and nothing else. */
export function toPatternInit(value: object): PatternInit {
  const init: PatternInit = {}
  for (let i = 0; i < MEMBERS.length; i++) {
    const name = MEMBERS[i] as (typeof MEMBERS)[number]
    const member: unknown = (value as Record<string, unknown>)[name]
    if (member !== undefined) init[name] = toUSVString(member)
  }
  return init
}

/** @throws TypeError where a component cannot be one of a URL */
export function processInit(init: PatternInit, kind: Kind): Components {
  const result: Components = kind === 'url' ? emptyComponents() : makeComponents()
  let base: UrlComponents | undefined
  if (own(init, 'baseURL') !== undefined) {
    base = componentsOf(init.baseURL as string)
    if (base === undefined) throw new TypeErrorConstructor('The baseURL is not a URL.')
    inherit(result, { init, base, kind })
  }
  const protocol = own(init, 'protocol')
  if (protocol !== undefined) result.protocol = processProtocol(protocol, kind)
  const isPattern = kind === 'pattern'
  const username = own(init, 'username')
  if (username !== undefined) result.username = isPattern ? username : canonicalUsername(username)
  const password = own(init, 'password')
  if (password !== undefined) result.password = isPattern ? password : canonicalPassword(password)
  const scheme = result.protocol ?? ''
  const hostname = own(init, 'hostname')
  if (hostname !== undefined) result.hostname = isPattern ? hostname : processHostname(hostname, scheme)
  const port = own(init, 'port')
  if (port !== undefined) result.port = isPattern ? port : canonicalPort(port, scheme === '' ? undefined : scheme)
  const pathname = own(init, 'pathname')
  if (pathname !== undefined) result.pathname = processPathname(pathname, { base, kind, scheme })
  const search = own(init, 'search')
  if (search !== undefined) {
    const text = StringPrototypeStartsWith(search, '?') ? StringPrototypeSlice(search, 1) : search
    result.search = isPattern ? text : canonicalSearch(text)
  }
  const hash = own(init, 'hash')
  if (hash !== undefined) {
    const text = StringPrototypeStartsWith(hash, '#') ? StringPrototypeSlice(hash, 1) : hash
    result.hash = isPattern ? text : canonicalHash(text)
  }
  return result
}

// Without a prototype, or a patched Object.prototype would supply members.
export function makeComponents(): Components {
  return { __proto__: null } as Components
}

function emptyComponents(): Components {
  const result = makeComponents()
  for (let i = 0; i < COMPONENTS.length; i++) result[COMPONENTS[i] as ComponentName] = ''
  return result
}

/** A dictionary made by `toPatternInit` or the parser of URLs may have a patched prototype. */
function own(init: PatternInit, name: keyof PatternInit): string | undefined {
  return ObjectPrototypeHasOwnProperty(init, name) ? init[name] : undefined
}

/** What comes after a component that is given is not inherited: it belongs to another URL. */
function inherit(
  result: Components,
  { base, init, kind }: { base: UrlComponents; init: PatternInit; kind: Kind },
): void {
  const text = (value: string): string => (kind === 'pattern' ? escapePattern(value) : value)
  let isSame = own(init, 'protocol') === undefined
  if (isSame) result.protocol = text(base.protocol)
  isSame &&= own(init, 'hostname') === undefined
  const isSameHost = isSame
  isSame &&= own(init, 'port') === undefined
  if (kind === 'url' && isSame && own(init, 'username') === undefined) {
    result.username = base.username
    if (own(init, 'password') === undefined) result.password = base.password
  }
  if (isSameHost) result.hostname = text(base.hostname)
  if (isSame) result.port = base.port
  isSame &&= own(init, 'pathname') === undefined
  if (isSame) result.pathname = text(base.pathname)
  isSame &&= own(init, 'search') === undefined
  if (isSame) result.search = text(base.search)
  isSame &&= own(init, 'hash') === undefined
  if (isSame) result.hash = text(base.hash)
}

function processProtocol(value: string, kind: Kind): string {
  const text = StringPrototypeEndsWith(value, ':') ? StringPrototypeSlice(value, 0, -1) : value
  return kind === 'pattern' ? text : canonicalProtocol(text)
}

function processHostname(value: string, scheme: string): string {
  return canonicalHostname(value, scheme === '' ? undefined : scheme)
}

function processPathname(
  value: string,
  { base, kind, scheme }: { base: UrlComponents | undefined; kind: Kind; scheme: string },
): string {
  let pathname = value
  if (base !== undefined && !base.hasOpaquePath && !isAbsolute(value, kind)) {
    const path = kind === 'pattern' ? escapePattern(base.pathname) : base.pathname
    pathname = StringPrototypeSlice(path, 0, StringPrototypeLastIndexOf(path, '/') + 1) + value
  }
  if (kind === 'pattern') return pathname
  if (scheme === '' || defaultPort(scheme) !== undefined) return canonicalPathname(pathname)
  return canonicalOpaquePathname(pathname)
}

function isAbsolute(pathname: string, kind: Kind): boolean {
  if (StringPrototypeStartsWith(pathname, '/')) return true
  if (kind === 'url') return false
  return StringPrototypeStartsWith(pathname, '\\/') || StringPrototypeStartsWith(pathname, '{/')
}
