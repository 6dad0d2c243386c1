import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAddressGuard } from '../../src/ops/address-guard.ts'

test('an allowed range is reachable, in every spelling of its addresses, and its neighbours are not', () => {
  const guard = createAddressGuard({ allow: ['127.0.0.1/32', '10.1.0.0/16', 'fd00::/64', '192.168.0.7'] })
  for (const address of ['127.0.0.1', '::ffff:127.0.0.1', '::ffff:7f00:1', '10.1.2.3', 'fd00::5', '192.168.0.7']) {
    assert.equal(guard.check(address).allowed, true, address)
  }
  for (const address of ['127.0.0.2', '10.2.0.0', 'fd00:0:0:1::', '192.168.0.8', '::1']) {
    assert.equal(guard.check(address).allowed, false, address)
  }
})

test('a denied range is refused even where it is allowed or public, in every spelling', () => {
  const guard = createAddressGuard({ allow: ['10.0.0.0/8'], deny: ['10.1.0.0/16', '8.8.8.0/24', '2606:4700::/32'] })
  for (const address of [
    '10.1.2.3',
    '::ffff:10.1.2.3',
    '8.8.8.8',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
    '2606:4700::1',
  ]) {
    assert.deepEqual(guard.check(address), { allowed: false, reason: 'an address the operator denies' }, address)
  }
  assert.equal(guard.check('10.2.0.1').allowed, true)
})

test('a range of IPv4-mapped addresses means the IPv4 addresses', () => {
  const guard = createAddressGuard({ allow: ['::ffff:10.0.0.0/104'], deny: ['::ffff:8.8.8.8'] })
  assert.equal(guard.check('10.9.9.9').allowed, true)
  assert.equal(guard.check('8.8.8.8').allowed, false)
})

test('a list with anything but addresses and ranges is an error', () => {
  for (const range of [
    '',
    'localhost',
    '10.0.0.0/33',
    '::/129',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '010.0.0.0/8',
    '10/8',
    'fe80::1%1/64',
  ]) {
    assert.throws(() => createAddressGuard({ allow: [range] }), { code: 'INVALID_OPTION' }, range)
    assert.throws(() => createAddressGuard({ deny: [range] }), { code: 'INVALID_OPTION' }, range)
  }
})
