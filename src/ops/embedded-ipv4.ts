// IPv4 addresses inside IPv6 addresses, where a packet to the one may arrive at the other.
import ipaddr from 'ipaddr.js'
import type { IpAddress } from './ip-range.ts'

export interface EmbeddedIpv4 {
  readonly address: IpAddress
  /** `whole`: it is what answers. `possible`: it answers where the network has such a tunnel; else the IPv6 address. */
  readonly answers: 'whole' | 'possible'
}

export function embeddedIpv4(address: IpAddress): EmbeddedIpv4 | undefined {
  if (address.kind() !== 'ipv6') return undefined
  const bytes = address.toByteArray()
  if (address.match(NAT64, 96)) return { address: new ipaddr.IPv4(bytes.slice(12)), answers: 'whole' }
  return isIsatap(bytes) ? { address: new ipaddr.IPv4(bytes.slice(12)), answers: 'possible' } : undefined
}

/** The prefix DNS64 hands out. Networks may have others of their own, which nobody can tell from outside. RFC 6052. */
const NAT64 = ipaddr.IPv6.parse('64:ff9b::')

/** Interface ids of `[02]00:5efe:a.b.c.d`, under any prefix. https://www.rfc-editor.org/rfc/rfc5214#section-6.1 */
function isIsatap(bytes: readonly number[]): boolean {
  return ((bytes[8] ?? 1) & 0xfd) === 0 && bytes[9] === 0 && bytes[10] === 0x5e && bytes[11] === 0xfe
}
