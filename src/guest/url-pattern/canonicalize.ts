// The components of URLs in their normal form, as the URL parser has it.
// https://urlpattern.spec.whatwg.org/#canon-encoding-callbacks
import {
  basicURLParse,
  serializeHost,
  serializePath,
  setThePassword,
  setTheUsername,
  type StandardUrl,
} from 'whatwg-url/lib/url-state-machine.js'
import {
  RegExpPrototypeTest,
  StringPrototypeSlice,
  StringPrototypeStartsWith,
  StringPrototypeToLowerCase,
  TypeErrorConstructor,
} from '../primordials.ts'

const DEFAULT_PORTS = {
  __proto__: null,
  http: '80',
  https: '443',
  ws: '80',
  wss: '443',
  ftp: '21',
  file: '',
} as unknown as Readonly<Record<string, string | undefined>>
export const SPECIAL_SCHEMES = ['http', 'https', 'ws', 'wss', 'ftp', 'file']
const IPV6 = /^[[\]:0-9A-Fa-f]*$/

/** '' where it has none; undefined where the scheme is not special. */
export function defaultPort(scheme: string): string | undefined {
  return DEFAULT_PORTS[scheme]
}

function dummyUrl(protocol = 'https'): StandardUrl {
  const url = basicURLParse('https://dummy.invalid/') as StandardUrl
  url.scheme = protocol
  return url
}

function fail(component: string, value: string): never {
  throw new TypeErrorConstructor(`"${value}" cannot be the ${component} of a URL.`)
}

type State = NonNullable<NonNullable<Parameters<typeof basicURLParse>[1]>['stateOverride']>

function parseInto(url: StandardUrl, { value, stateOverride }: { value: string; stateOverride: State }): boolean {
  return basicURLParse(value, { url, stateOverride }) !== null
}

export function canonicalProtocol(value: string): string {
  if (value === '') return value
  const url = basicURLParse(`${value}://dummy.invalid/`)
  return url === null ? fail('protocol', value) : url.scheme
}

export function canonicalUsername(value: string): string {
  if (value === '') return value
  const url = dummyUrl()
  setTheUsername(url, value)
  return url.username
}

export function canonicalPassword(value: string): string {
  if (value === '') return value
  const url = dummyUrl()
  setThePassword(url, value)
  return url.password
}

export function canonicalHostname(value: string, protocol?: string): string {
  if (value === '') return value
  const url = dummyUrl(protocol)
  if (!parseInto(url, { value, stateOverride: 'hostname' })) fail('hostname', value)
  return url.host === null ? '' : serializeHost(url.host)
}

/** Part of an address in brackets, which only as a whole could be parsed. */
export function canonicalIPv6(value: string): string {
  return RegExpPrototypeTest(IPV6, value) ? StringPrototypeToLowerCase(value) : fail('hostname', value)
}

export function canonicalPort(value: string, protocol?: string): string {
  if (value === '') return value
  const url = dummyUrl(protocol)
  url.port = null
  if (!parseInto(url, { value, stateOverride: 'port' })) fail('port', value)
  return url.port === null ? '' : `${url.port as number}`
}

export function canonicalPathname(value: string): string {
  if (value === '') return value
  // Without a slash the parser would put one before it; with the dash it resolves no dots that may belong to a group.
  const isAbsolute = StringPrototypeStartsWith(value, '/')
  const url = dummyUrl()
  url.path = []
  if (!parseInto(url, { value: isAbsolute ? value : `/-${value}`, stateOverride: 'path start' }))
    fail('pathname', value)
  const path = serializePath(url)
  return isAbsolute ? path : StringPrototypeSlice(path, 2)
}

export function canonicalOpaquePathname(value: string): string {
  if (value === '') return value
  const url = dummyUrl()
  url.path = ''
  if (!parseInto(url, { value, stateOverride: 'opaque path' })) fail('pathname', value)
  return serializePath(url)
}

export function canonicalSearch(value: string): string {
  if (value === '') return value
  const url = dummyUrl()
  url.query = ''
  parseInto(url, { value, stateOverride: 'query' })
  return url.query
}

export function canonicalHash(value: string): string {
  if (value === '') return value
  const url = dummyUrl()
  url.fragment = ''
  parseInto(url, { value, stateOverride: 'fragment' })
  return url.fragment
}

/** The components of a URL as URLPattern has them: without their marks. Undefined where there is no URL. */
export function componentsOf(input: string, base?: string): UrlComponents | undefined {
  const baseURL = base === undefined ? null : basicURLParse(base)
  if (base !== undefined && baseURL === null) return undefined
  const url = basicURLParse(input, { baseURL })
  if (url === null) return undefined
  return {
    protocol: url.scheme,
    username: url.username,
    password: url.password,
    hostname: url.host === null ? '' : serializeHost(url.host),
    port: url.port === null ? '' : `${url.port}`,
    pathname: serializePath(url),
    search: url.query ?? '',
    hash: url.fragment ?? '',
    hasOpaquePath: typeof url.path === 'string',
  }
}

export interface UrlComponents {
  readonly protocol: string
  readonly username: string
  readonly password: string
  readonly hostname: string
  readonly port: string
  readonly pathname: string
  readonly search: string
  readonly hash: string
  readonly hasOpaquePath: boolean
}
