// Every range of IANA's registries of special-purpose addresses: its first and last address, and the ones just outside.
// https://www.iana.org/assignments/iana-ipv4-special-registry https://www.iana.org/assignments/iana-ipv6-special-registry
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createNetworkGuard } from '../../src/ops/network-guard.ts'

const PUBLIC = 'public'
const HIDES = 'an address that hides another'
const RESERVED = 'a reserved address'
const PRIVATE = 'a private address'
const LINK_LOCAL = 'a link-local address'
const LOOPBACK = 'a loopback address'
const MULTICAST = 'a multicast address'
const DOCUMENTATION = 'a documentation address'
const BENCHMARKING = 'a benchmarking address'
const UNSPECIFIED = 'an unspecified address'
const CARRIER = 'a carrier-grade NAT address'
const BROADCAST = 'a broadcast address'

/** Outside: an address, and what it is; nothing where there is no address. */
type Outside = readonly [address: string, is: string] | undefined
type Row = readonly [range: string, first: string, last: string, is: string, before: Outside, after: Outside]

const V6_END = 'ffff:ffff:ffff:ffff'

const RANGES: readonly Row[] = [
  ['0.0.0.0/8 this network', '0.0.0.0', '0.255.255.255', UNSPECIFIED, undefined, ['1.0.0.0', PUBLIC]],
  ['10.0.0.0/8', '10.0.0.0', '10.255.255.255', PRIVATE, ['9.255.255.255', PUBLIC], ['11.0.0.0', PUBLIC]],
  ['100.64.0.0/10', '100.64.0.0', '100.127.255.255', CARRIER, ['100.63.255.255', PUBLIC], ['100.128.0.0', PUBLIC]],
  ['127.0.0.0/8', '127.0.0.0', '127.255.255.255', LOOPBACK, ['126.255.255.255', PUBLIC], ['128.0.0.0', PUBLIC]],
  [
    '169.254.0.0/16',
    '169.254.0.0',
    '169.254.255.255',
    LINK_LOCAL,
    ['169.253.255.255', PUBLIC],
    ['169.255.0.0', PUBLIC],
  ],
  ['172.16.0.0/12', '172.16.0.0', '172.31.255.255', PRIVATE, ['172.15.255.255', PUBLIC], ['172.32.0.0', PUBLIC]],
  ['192.0.0.0/24 protocols', '192.0.0.0', '192.0.0.255', RESERVED, ['191.255.255.255', PUBLIC], ['192.0.1.0', PUBLIC]],
  ['192.0.2.0/24', '192.0.2.0', '192.0.2.255', DOCUMENTATION, ['192.0.1.255', PUBLIC], ['192.0.3.0', PUBLIC]],
  [
    '192.31.196.0/24 AS112',
    '192.31.196.0',
    '192.31.196.255',
    RESERVED,
    ['192.31.195.255', PUBLIC],
    ['192.31.197.0', PUBLIC],
  ],
  [
    '192.52.193.0/24 AMT',
    '192.52.193.0',
    '192.52.193.255',
    RESERVED,
    ['192.52.192.255', PUBLIC],
    ['192.52.194.0', PUBLIC],
  ],
  [
    '192.88.99.0/24 6to4 relays',
    '192.88.99.0',
    '192.88.99.255',
    HIDES,
    ['192.88.98.255', PUBLIC],
    ['192.88.100.0', PUBLIC],
  ],
  ['192.168.0.0/16', '192.168.0.0', '192.168.255.255', PRIVATE, ['192.167.255.255', PUBLIC], ['192.169.0.0', PUBLIC]],
  [
    '192.175.48.0/24 AS112',
    '192.175.48.0',
    '192.175.48.255',
    RESERVED,
    ['192.175.47.255', PUBLIC],
    ['192.175.49.0', PUBLIC],
  ],
  ['198.18.0.0/15', '198.18.0.0', '198.19.255.255', BENCHMARKING, ['198.17.255.255', PUBLIC], ['198.20.0.0', PUBLIC]],
  [
    '198.51.100.0/24',
    '198.51.100.0',
    '198.51.100.255',
    DOCUMENTATION,
    ['198.51.99.255', PUBLIC],
    ['198.51.101.0', PUBLIC],
  ],
  ['203.0.113.0/24', '203.0.113.0', '203.0.113.255', DOCUMENTATION, ['203.0.112.255', PUBLIC], ['203.0.114.0', PUBLIC]],
  ['224.0.0.0/4', '224.0.0.0', '239.255.255.255', MULTICAST, ['223.255.255.255', PUBLIC], ['240.0.0.0', RESERVED]],
  [
    '240.0.0.0/4',
    '240.0.0.0',
    '255.255.255.254',
    RESERVED,
    ['239.255.255.255', MULTICAST],
    ['255.255.255.255', BROADCAST],
  ],
  ['255.255.255.255', '255.255.255.255', '255.255.255.255', BROADCAST, ['255.255.255.254', RESERVED], undefined],

  ['::', '::', '::', UNSPECIFIED, undefined, ['::1', LOOPBACK]],
  ['::1', '::1', '::1', LOOPBACK, ['::', UNSPECIFIED], ['::2', RESERVED]],
  ['::/96 IPv4-compatible', '::2', '::255.255.255.255', RESERVED, ['::1', LOOPBACK], ['::1:0:0', RESERVED]],
  [
    '::ffff:0:0/96 of 0.0.0.0/8',
    '::ffff:0.0.0.0',
    '::ffff:0.255.255.255',
    UNSPECIFIED,
    ['::fffe:ffff:ffff', RESERVED],
    ['::ffff:1.0.0.0', PUBLIC],
  ],
  [
    '::ffff:0:0/96 of 127.0.0.0/8',
    '::ffff:7f00:0',
    '::ffff:127.255.255.255',
    LOOPBACK,
    ['::ffff:126.255.255.255', PUBLIC],
    ['::ffff:8000:0', PUBLIC],
  ],
  [
    '::ffff:0:0/96 of the last',
    '::ffff:255.255.255.255',
    '::ffff:ffff:ffff',
    BROADCAST,
    ['::ffff:255.255.255.254', RESERVED],
    ['::1:0:0:0', RESERVED],
  ],
  [
    '::ffff:0:0:0/96 SIIT',
    '::ffff:0:0.0.0.0',
    '::ffff:0:ffff:ffff',
    HIDES,
    ['::fffe:ffff:ffff:ffff', RESERVED],
    ['::ffff:1:0:0', RESERVED],
  ],
  [
    '64:ff9b::/96 NAT64 of 10.0.0.0/8',
    '64:ff9b::10.0.0.0',
    '64:ff9b::aff:ffff',
    PRIVATE,
    ['64:ff9b::9.255.255.255', PUBLIC],
    ['64:ff9b::b00:0', PUBLIC],
  ],
  [
    '64:ff9b::/96 NAT64, its ends',
    '64:ff9b::',
    '64:ff9b::0.255.255.255',
    UNSPECIFIED,
    [`64:ff9a:ffff:ffff:${V6_END}`, RESERVED],
    ['64:ff9b::1:0:0', RESERVED],
  ],
  [
    '64:ff9b:1::/48 local NAT64',
    '64:ff9b:1::',
    `64:ff9b:1:ffff:${V6_END}`,
    HIDES,
    [`64:ff9b:0:ffff:${V6_END}`, RESERVED],
    ['64:ff9b:2::', RESERVED],
  ],
  [
    '100::/64 discard',
    '100::',
    `100::${V6_END}`,
    RESERVED,
    [`ff:ffff:ffff:ffff:${V6_END}`, RESERVED],
    ['100:0:0:1::', RESERVED],
  ],
  [
    '100:0:0:1::/64 dummy',
    '100:0:0:1::',
    `100:0:0:1:${V6_END}`,
    RESERVED,
    [`100::${V6_END}`, RESERVED],
    ['100:0:0:2::', RESERVED],
  ],
  [
    '2001::/32 Teredo',
    '2001::',
    `2001:0:ffff:ffff:${V6_END}`,
    HIDES,
    [`2000:ffff:ffff:ffff:${V6_END}`, PUBLIC],
    ['2001:1::', RESERVED],
  ],
  ['2001:1::1 and on, anycast', '2001:1::1', '2001:1::3', RESERVED, ['2001:1::', RESERVED], ['2001:1::4', RESERVED]],
  [
    '2001:2::/48',
    '2001:2::',
    `2001:2:0:ffff:${V6_END}`,
    BENCHMARKING,
    [`2001:1:ffff:ffff:${V6_END}`, RESERVED],
    ['2001:2:1::', RESERVED],
  ],
  [
    '2001:3::/32 AMT',
    '2001:3::',
    `2001:3:ffff:ffff:${V6_END}`,
    RESERVED,
    [`2001:2:ffff:ffff:${V6_END}`, RESERVED],
    ['2001:4::', RESERVED],
  ],
  [
    '2001:4:112::/48 AS112',
    '2001:4:112::',
    `2001:4:112:ffff:${V6_END}`,
    RESERVED,
    [`2001:4:111:ffff:${V6_END}`, RESERVED],
    ['2001:4:113::', RESERVED],
  ],
  [
    '2001:10::/28 ORCHID',
    '2001:10::',
    `2001:1f:ffff:ffff:${V6_END}`,
    RESERVED,
    [`2001:f:ffff:ffff:${V6_END}`, RESERVED],
    ['2001:20::', RESERVED],
  ],
  [
    '2001:20::/28 ORCHIDv2',
    '2001:20::',
    `2001:2f:ffff:ffff:${V6_END}`,
    RESERVED,
    [`2001:1f:ffff:ffff:${V6_END}`, RESERVED],
    ['2001:30::', RESERVED],
  ],
  [
    '2001:30::/28 drone tags',
    '2001:30::',
    `2001:3f:ffff:ffff:${V6_END}`,
    RESERVED,
    [`2001:2f:ffff:ffff:${V6_END}`, RESERVED],
    ['2001:40::', RESERVED],
  ],
  [
    '2001::/23 protocols',
    '2001:1::',
    `2001:1ff:ffff:ffff:${V6_END}`,
    RESERVED,
    [`2001:0:ffff:ffff:${V6_END}`, HIDES],
    ['2001:200::', PUBLIC],
  ],
  [
    '2001:db8::/32',
    '2001:db8::',
    `2001:db8:ffff:ffff:${V6_END}`,
    DOCUMENTATION,
    [`2001:db7:ffff:ffff:${V6_END}`, PUBLIC],
    ['2001:db9::', PUBLIC],
  ],
  [
    '2002::/16 6to4',
    '2002::',
    `2002:ffff:ffff:ffff:${V6_END}`,
    HIDES,
    [`2001:ffff:ffff:ffff:${V6_END}`, PUBLIC],
    ['2003::', PUBLIC],
  ],
  [
    '2620:4f:8000::/48 AS112',
    '2620:4f:8000::',
    `2620:4f:8000:ffff:${V6_END}`,
    RESERVED,
    [`2620:4f:7fff:ffff:${V6_END}`, PUBLIC],
    ['2620:4f:8001::', PUBLIC],
  ],
  [
    '3fff::/20',
    '3fff::',
    `3fff:fff:ffff:ffff:${V6_END}`,
    DOCUMENTATION,
    [`3ffe:ffff:ffff:ffff:${V6_END}`, PUBLIC],
    ['3fff:1000::', PUBLIC],
  ],
  [
    '2000::/3 and what is not global unicast',
    '4000::',
    `fbff:ffff:ffff:ffff:${V6_END}`,
    RESERVED,
    [`3fff:ffff:ffff:ffff:${V6_END}`, PUBLIC],
    ['fc00::', PRIVATE],
  ],
  [
    '1000::/4',
    '1000::',
    `1fff:ffff:ffff:ffff:${V6_END}`,
    RESERVED,
    [`fff:ffff:ffff:ffff:${V6_END}`, RESERVED],
    ['2000::', PUBLIC],
  ],
  [
    '5f00::/16 segment routing',
    '5f00::',
    `5f00:ffff:ffff:ffff:${V6_END}`,
    RESERVED,
    [`5eff:ffff:ffff:ffff:${V6_END}`, RESERVED],
    ['5f01::', RESERVED],
  ],
  [
    'fc00::/7',
    'fc00::',
    `fdff:ffff:ffff:ffff:${V6_END}`,
    PRIVATE,
    [`fbff:ffff:ffff:ffff:${V6_END}`, RESERVED],
    ['fe00::', RESERVED],
  ],
  [
    'fe80::/10',
    'fe80::',
    `febf:ffff:ffff:ffff:${V6_END}`,
    LINK_LOCAL,
    [`fe7f:ffff:ffff:ffff:${V6_END}`, RESERVED],
    ['fec0::', PRIVATE],
  ],
  [
    'fec0::/10 site-local',
    'fec0::',
    `feff:ffff:ffff:ffff:${V6_END}`,
    PRIVATE,
    [`febf:ffff:ffff:ffff:${V6_END}`, LINK_LOCAL],
    ['ff00::', MULTICAST],
  ],
  [
    'ff00::/8',
    'ff00::',
    `ffff:ffff:ffff:ffff:${V6_END}`,
    MULTICAST,
    [`feff:ffff:ffff:ffff:${V6_END}`, PRIVATE],
    undefined,
  ],
]

const guard = createNetworkGuard()

function judged(address: string): string {
  const decision = guard.checkAddress(address)
  return decision.allowed ? PUBLIC : decision.reason
}

for (const [range, first, last, is, before, after] of RANGES) {
  test(range, () => {
    assert.equal(judged(first), is, first)
    assert.equal(judged(last), is, last)
    for (const [address, expected] of [before, after].filter((outside) => outside !== undefined)) {
      assert.equal(judged(address), expected, address)
    }
  })
}
