// Why an address is not public: IANA's registries of special-purpose addresses as one table, and the addresses of clouds'
// metadata services. The first line that holds an address gives the reason, so what is narrower stands first.
// https://www.iana.org/assignments/iana-ipv4-special-registry
// https://www.iana.org/assignments/iana-ipv6-special-registry
//
// Also refused are ranges the registries call globally reachable where what answers is the nearest of many: a machine of
// the local network (192.0.0.9, 192.31.196.0/24, 192.52.193.0/24, 192.175.48.0/24 and their IPv6 twins).
import { type IpAddress, type IpRange, isInRange, parseRange } from './ip-range.ts'

/** Each completes "it is …". */
const SPECIAL: readonly [reason: string, ranges: readonly string[]][] = [
  ['an unspecified address', ['0.0.0.0/8', '::']],
  ['a loopback address', ['127.0.0.0/8', '::1']],
  ['a private address', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', 'fec0::/10']],
  ['a carrier-grade NAT address', ['100.64.0.0/10']],
  ['a link-local address', ['169.254.0.0/16', 'fe80::/10']],
  ['a multicast address', ['224.0.0.0/4', 'ff00::/8']],
  ['a broadcast address', ['255.255.255.255']],
  ['a benchmarking address', ['198.18.0.0/15', '2001:2::/48']],
  ['a documentation address', ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32', '3fff::/20']],
  // 6to4, Teredo, SIIT and local NAT64 lead to an IPv4 address by a way that only the local network knows.
  ['an address that hides another', ['2002::/16', '2001::/32', '::ffff:0:0:0/96', '64:ff9b:1::/48', '192.88.99.0/24']],
  [
    'a reserved address',
    [
      '192.0.0.0/24',
      '192.31.196.0/24',
      '192.52.193.0/24',
      '192.175.48.0/24',
      '240.0.0.0/4',
      // AMT, AS112, ORCHID, drone tags and whatever else the IETF takes for protocols.
      '2001::/23',
      '2620:4f:8000::/48',
      // Everything that is not global unicast: IPv4-compatible, discard, segment routing, and what nobody has yet.
      '::/3',
      '4000::/2',
      '8000::/1',
    ],
  ],
]

/** Most also lie in a range above; Azure's does not. */
const METADATA = [
  '169.254.169.254',
  // ECS tasks, EKS pods.
  '169.254.170.2',
  '169.254.170.23',
  'fd00:ec2::254',
  'fd00:ec2::23',
  // Google, Alibaba, Oracle, Azure.
  'fd20:ce::254',
  '100.100.100.200',
  '192.0.0.192',
  '168.63.129.16',
]

function rangesOf(texts: readonly string[]): IpRange[] {
  return texts.map(parseRange).filter((range) => range !== undefined)
}

const METADATA_RANGES = rangesOf(METADATA)
const SPECIAL_RANGES = SPECIAL.flatMap(([reason, texts]) => rangesOf(texts).map((range) => ({ reason, range })))

export function isMetadataAddress(address: IpAddress): boolean {
  return METADATA_RANGES.some((range) => isInRange(address, range))
}

/** Completes "it is …"; undefined for a public address. */
export function notPublicBecause(address: IpAddress): string | undefined {
  if (isMetadataAddress(address)) return 'a cloud metadata address'
  return SPECIAL_RANGES.find(({ range }) => isInRange(address, range))?.reason
}
