// Host names in policies: exact (`api.example.com`), all names below one (`*.example.com`, which is not `example.com`),
// or `*` for everything. An address is written as in a URL, without brackets.
import { isIP } from 'node:net'
import { domainToAscii } from './domain-to-ascii.ts'
import { parseAddress } from './ip-range.ts'

/** `*`, `*.name` or `name`, in lower case, ASCII and without a dot at the end. */
export type HostPattern = string

/** Undefined when the text is no such name. */
export function parseHostPattern(text: string): HostPattern | undefined {
  if (text === '*') return text
  const address = parseAddress(text)
  if (address !== undefined) return hostOfUrl(text)
  const wildcard = text.startsWith('*.') ? '*.' : ''
  const name = normalizeHost(domainToAscii(text.slice(wildcard.length)))
  return name.length <= 253 && NAME.test(name) ? wildcard + name : undefined
}

/** Labels of letters, digits, `-` and `_`; URLs with a last label that begins with a digit may be read as addresses. */
const NAME = /^(?:[a-z0-9_-]{1,63}\.)*[a-z_][a-z0-9_-]{0,62}$/

/** The host of a URL as patterns have it: a dot at the end only says that a name is complete. */
export function normalizeHost(hostname: string): string {
  return (hostname.startsWith('[') ? hostname.slice(1, -1) : hostname).toLowerCase().replace(/\.$/, '')
}

/** @param host - normalized */
export function matchesHost(host: string, pattern: HostPattern): boolean {
  if (pattern === '*') return true
  return pattern.startsWith('*.') ? isIP(host) === 0 && host.endsWith(pattern.slice(1)) : host === pattern
}

function hostOfUrl(address: string): string | undefined {
  const url = URL.parse(isIP(address) === 6 ? `http://[${address}]/` : `http://${address}/`)
  return url === null ? undefined : normalizeHost(url.hostname)
}
