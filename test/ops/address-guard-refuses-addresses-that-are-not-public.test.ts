import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAddressGuard } from '../../src/ops/address-guard.ts'

const REFUSED: Readonly<Record<string, readonly string[]>> = {
  'an unspecified address': ['0.0.0.0', '0.1.2.3', '::', '0:0:0:0:0:0:0:0'],
  'a loopback address': [
    '127.0.0.1',
    '127.255.255.254',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '0:0:0:0:0:ffff:7f00:0001',
  ],
  'a private address': [
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '::ffff:10.0.0.1',
    '::FFFF:192.168.0.1',
    'fc00::1',
    'fd12:3456::1',
    'fdff::',
    'fec0::1',
    'feff::1',
    '64:ff9b::10.0.0.1',
    '64:ff9b::a00:1',
  ],
  'a link-local address': ['169.254.0.1', '169.254.255.255', 'fe80::1', 'febf::1', '::ffff:169.254.1.1'],
  'a multicast address': ['224.0.0.1', '239.255.255.255', 'ff02::1', 'ff0e::1'],
  'a broadcast address': ['255.255.255.255'],
  'a carrier-grade NAT address': ['100.64.0.1', '100.127.255.255'],
  'a cloud metadata address': [
    '169.254.169.254',
    '169.254.170.2',
    '100.100.100.200',
    '192.0.0.192',
    '168.63.129.16',
    'fd00:ec2::254',
    'fd20:ce::254',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '64:ff9b::169.254.169.254',
  ],
  'a reserved address': [
    '192.0.0.1',
    '192.0.2.1',
    '192.88.99.1',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.1',
    '203.0.113.1',
    '240.0.0.1',
    '100::1',
    '2001:db8::1',
    '3fff::1',
    '2001:10::1',
    '2001:20::1',
    '2001:30::1',
    '2001:1::1',
    '5f00::1',
    // IPv4-compatible, in both spellings; and everything that is not global unicast.
    '::7f00:1',
    '::a00:1',
    '::2',
    '1::1',
    '200::1',
    '4000::1',
    '8000::1',
    'fe00::1',
  ],
  'a benchmarking address': ['2001:2::1'],
  'an address that hides another': [
    '64:ff9b:1::1',
    '64:ff9b:1::8.8.8.8',
    '2002:7f00:1::',
    '2002:808:808::1',
    '2001::1',
    '2001:0:7f00:1::',
    '::ffff:0:127.0.0.1',
  ],
  'not an address that can be judged': [
    '',
    'localhost',
    'example.com',
    '127.1',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '2130706433',
    '8.8.8.8.8',
    '8.8.8',
    ' 8.8.8.8',
    '8.8.8.8/32',
    '[::1]',
    'fe80::1%eth0',
    '2606:4700::1%1',
    '1:2:3',
    ':::',
    '::ffff:256.0.0.1',
    '8.8.8.8\0',
    '08.8.8.8',
  ],
}

const guard = createAddressGuard()
for (const [reason, addresses] of Object.entries(REFUSED)) {
  for (const address of addresses) {
    test(`${JSON.stringify(address)} is ${reason}`, () => {
      assert.deepEqual(guard.check(address), { allowed: false, reason })
    })
  }
}

test('an IPv4-compatible address is refused in its dotted form', () => {
  assert.equal(guard.check('::127.0.0.1').allowed, false)
  assert.equal(guard.check('::10.0.0.1').allowed, false)
})
