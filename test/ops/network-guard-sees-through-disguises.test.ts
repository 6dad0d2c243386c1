import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createNetworkGuard } from '../../src/ops/network-guard.ts'

const guard = createNetworkGuard()

function refusedAs(reason: string, addresses: readonly string[]): void {
  for (const address of addresses) {
    assert.deepEqual(guard.checkAddress(address), { allowed: false, reason }, address)
  }
}

test('metadata services, in every spelling', () => {
  refusedAs('a cloud metadata address', [
    '169.254.169.254',
    '169.254.170.2',
    '169.254.170.23',
    '100.100.100.200',
    '192.0.0.192',
    '168.63.129.16',
    'fd00:ec2::254',
    'fd00:ec2::23',
    'fd20:ce::254',
    '::ffff:169.254.169.254',
    '::FFFF:A9FE:A9FE',
    '64:ff9b::169.254.169.254',
    '2606:4700::5efe:168.63.129.16',
  ])
})

test('an ISATAP interface id is judged by the IPv4 address in it, under any prefix', () => {
  refusedAs('a private address', ['2606:4700::5efe:10.0.0.1', '2606:4700:1:2:200:5efe:c0a8:101'])
  refusedAs('a loopback address', ['2a00::5efe:127.0.0.1', '2a00::200:5efe:7f00:1'])
  // The prefix is judged too, and other interface ids are only numbers.
  refusedAs('a link-local address', ['fe80::5efe:8.8.8.8'])
  for (const address of ['2606:4700::5efe:8.8.8.8', '2606:4700::5eff:10.0.0.1', '2606:4700::100:5efe:10.0.0.1']) {
    assert.deepEqual(guard.checkAddress(address), { allowed: true }, address)
  }
})

test('public addresses are public in every spelling', () => {
  for (const address of ['8.8.8.8', '::ffff:8.8.8.8', '64:ff9b::8.8.8.8', '2606:4700:4700::1111', '2A00:1450::200E']) {
    assert.deepEqual(guard.checkAddress(address), { allowed: true }, address)
  }
})

test('what has a zone, more than one reading, or none is not judged but refused', () => {
  refusedAs('not an address that can be judged', [
    '',
    'localhost',
    'example.com',
    '127.1',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '08.8.8.8',
    '2130706433',
    '8.8.8',
    '8.8.8.8.8',
    ' 8.8.8.8',
    '8.8.8.8\0',
    '8.8.8.8/32',
    '[::1]',
    'fe80::1%eth0',
    '2606:4700::1%1',
    '1:2:3',
    ':::',
    '::ffff:256.0.0.1',
  ])
})
