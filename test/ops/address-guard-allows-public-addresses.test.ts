import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAddressGuard } from '../../src/ops/address-guard.ts'

const PUBLIC = [
  '1.1.1.1',
  '8.8.8.8',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '192.167.255.255',
  '192.169.0.0',
  '198.17.255.255',
  '198.20.0.0',
  '223.255.255.255',
  '2606:4700:4700::1111',
  '2a00:1450:4001::200e',
  '2400::1',
  '::ffff:8.8.8.8',
  '64:ff9b::8.8.8.8',
]

test('public addresses are allowed', () => {
  const guard = createAddressGuard()
  for (const address of PUBLIC) assert.deepEqual(guard.check(address), { allowed: true }, address)
})
