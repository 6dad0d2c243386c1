// IP addresses and ranges as values. Strict: what has more than one reading, or a zone, is no address here.
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

export type IpAddress = ipaddr.IPv4 | ipaddr.IPv6

export interface IpRange {
  readonly network: IpAddress
  readonly bits: number
}

/** `isIP` knows none of the octal, hexadecimal and short forms ipaddr.js reads; zones belong to a machine's links. */
export function parseAddress(text: string): IpAddress | undefined {
  if (isIP(text) === 0 || text.includes('%')) return undefined
  try {
    return ipaddr.parse(withoutDots(text))
  } catch {
    return undefined
  }
}

/** ipaddr.js takes `::8.8.8.8` for IPv4-mapped, which is how resolvers write the IPv4-compatible `::808:808`. */
function withoutDots(text: string): string {
  if (!text.includes(':')) return text
  return text.replace(
    /(\d+)\.(\d+)\.(\d+)\.(\d+)$/,
    (_dotted, ...[a, b, c, d]: string[]) => `${hexGroup(a, b)}:${hexGroup(c, d)}`,
  )
}

function hexGroup(high?: string, low?: string): string {
  return (Number(high) * 256 + Number(low)).toString(16)
}

/** An address, or a CIDR range such as `10.0.0.0/8`. A range of IPv4-mapped addresses is the range of IPv4 addresses. */
export function parseRange(text: string): IpRange | undefined {
  const slash = text.indexOf('/')
  const network = parseAddress(slash < 0 ? text : text.slice(0, slash))
  if (network === undefined) return undefined
  const mostBits = bitsOf(network)
  const bits = slash < 0 ? String(mostBits) : text.slice(slash + 1)
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > mostBits) return undefined
  const mapped = Number(bits) >= 96 ? mappedIpv4(network) : undefined
  return mapped === undefined
    ? { network, bits: Number(bits) }
    : { network: mapped, bits: Number(bits) - MAPPED_PREFIX_BITS }
}

const MAPPED_PREFIX_BITS = 96

/** The IPv4 address that `::ffff:a.b.c.d` is another spelling of. */
export function mappedIpv4(address: IpAddress): ipaddr.IPv4 | undefined {
  return 'toIPv4Address' in address && address.isIPv4MappedAddress() ? address.toIPv4Address() : undefined
}

export function isInRange(address: IpAddress, { network, bits }: IpRange): boolean {
  return address.kind() === network.kind() && address.match(network, bits)
}

export function isSingleAddress({ network, bits }: IpRange): boolean {
  return bits === bitsOf(network)
}

/** One text for each range. */
export function rangeText({ network, bits }: IpRange): string {
  return `${network.toString()}/${bits}`
}

function bitsOf(address: IpAddress): number {
  return address.kind() === 'ipv4' ? 32 : 128
}
