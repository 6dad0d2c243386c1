// Decides which IP addresses a worker's fetch may connect to: public ones, and those the operator allows. Everything
// else could be the host itself, its neighbours, or a cloud's metadata service. What is not understood is refused.
// Called by `guarded-connect.ts` for every address that is really connected to; names are not judged, only addresses.
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { IsopodError } from '../errors.ts'

export type AddressDecision =
  | { readonly allowed: true }
  /** `reason` completes "it is …". */
  | { readonly allowed: false; readonly reason: string }

export interface AddressGuard {
  check(address: string): AddressDecision
}

export interface AddressGuardOptions {
  /** Addresses or CIDR ranges workers may reach although they are not public, such as `10.1.2.0/24`. */
  readonly allow?: readonly string[]
  /** Addresses or CIDR ranges workers may never reach. Wins over `allow`. */
  readonly deny?: readonly string[]
}

type IpAddress = ipaddr.IPv4 | ipaddr.IPv6
type IpRange = readonly [network: IpAddress, bits: number]

const ALLOWED: AddressDecision = Object.freeze({ allowed: true })

/** @throws IsopodError `INVALID_OPTION` when a list holds something that is not an address or a CIDR range. */
export function createAddressGuard(options: AddressGuardOptions = {}): AddressGuard {
  const allow = (options.allow ?? []).map(parseRange)
  const deny = (options.deny ?? []).map(parseRange)
  return {
    check(address) {
      const parsed = parseAddress(address)
      if (parsed === undefined) return refused('not an address that can be judged')
      const embedded = embeddedIpv4(parsed)
      const forms = embedded === undefined ? [parsed] : [parsed, embedded]
      if (isInside(forms, deny)) return refused('an address the operator denies')
      if (isInside(forms, allow)) return ALLOWED
      const reason = notPublicBecause(embedded ?? parsed)
      return reason === undefined ? ALLOWED : refused(reason)
    },
  }
}

function refused(reason: string): AddressDecision {
  return { allowed: false, reason }
}

/** Strict: `isIP` knows none of the octal, hexadecimal and short forms ipaddr.js reads; zones are not for workers. */
function parseAddress(address: string): IpAddress | undefined {
  if (isIP(address) === 0 || address.includes('%')) return undefined
  try {
    return ipaddr.parse(address)
  } catch {
    return undefined
  }
}

function parseRange(text: string): IpRange {
  const slash = text.indexOf('/')
  const network = parseAddress(slash < 0 ? text : text.slice(0, slash))
  const mostBits = network?.kind() === 'ipv4' ? 32 : 128
  const bits = slash < 0 ? String(mostBits) : text.slice(slash + 1)
  if (network === undefined || !/^\d{1,3}$/.test(bits) || Number(bits) > mostBits) {
    throw new IsopodError('INVALID_OPTION', `"${text}" is neither an IP address nor a CIDR range such as 10.0.0.0/8.`)
  }
  const inner = network.kind() === 'ipv6' && Number(bits) >= 96 ? mappedIpv4(network) : undefined
  return inner === undefined ? [network, Number(bits)] : [inner, Number(bits) - 96]
}

function isInside(forms: readonly IpAddress[], ranges: readonly IpRange[]): boolean {
  return ranges.some(([network, bits]) =>
    forms.some((address) => address.kind() === network.kind() && address.match(network, bits)),
  )
}

function mappedIpv4(address: IpAddress): ipaddr.IPv4 | undefined {
  return 'toIPv4Address' in address && address.isIPv4MappedAddress() ? address.toIPv4Address() : undefined
}

/** The IPv4 address that really answers: behind `::ffff:a.b.c.d`, and behind NAT64's prefix, which DNS64 hands out. */
function embeddedIpv4(address: IpAddress): ipaddr.IPv4 | undefined {
  const mapped = mappedIpv4(address)
  if (mapped !== undefined || address.kind() === 'ipv4') return mapped
  return address.match(NAT64, 96) ? new ipaddr.IPv4(address.toByteArray().slice(12)) : undefined
}

const NAT64 = ipaddr.IPv6.parse('64:ff9b::')
const GLOBAL_UNICAST = ipaddr.IPv6.parse('2000::')

/** Metadata services; most also lie in refused ranges, Azure's does not. */
const METADATA: ReadonlySet<string> = new Set([
  '169.254.169.254',
  '169.254.170.2',
  '100.100.100.200',
  '192.0.0.192',
  '168.63.129.16',
  'fd00:ec2::254',
  'fd20:ce::254',
])

const REASONS: Readonly<Record<string, string>> = {
  unspecified: 'an unspecified address',
  broadcast: 'a broadcast address',
  multicast: 'a multicast address',
  linkLocal: 'a link-local address',
  loopback: 'a loopback address',
  carrierGradeNat: 'a carrier-grade NAT address',
  private: 'a private address',
  uniqueLocal: 'a private address',
  deprecatedSiteLocal: 'a private address',
  benchmarking: 'a benchmarking address',
  rfc6052: 'an address that hides another',
  rfc6145: 'an address that hides another',
  '6to4': 'an address that hides another',
  teredo: 'an address that hides another',
}

function notPublicBecause(address: IpAddress): string | undefined {
  if (METADATA.has(address.toString())) return 'a cloud metadata address'
  const range = address.range()
  if (range !== 'unicast') return REASONS[range] ?? 'a reserved address'
  // ipaddr.js calls everything unicast that it has no name for, `::127.0.0.1` in its hexadecimal form included.
  if (address.kind() === 'ipv6' && !address.match(GLOBAL_UNICAST, 3)) return 'a reserved address'
  return undefined
}
