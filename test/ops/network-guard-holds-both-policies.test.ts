import assert from 'node:assert/strict'
import { test } from 'node:test'
import { IsopodError } from '../../src/errors.ts'
import { createNetworkGuard } from '../../src/ops/network-guard.ts'

test('an allowed range is reachable, in every spelling of its addresses, and its neighbours are not', () => {
  const operator = { allow: ['127.0.0.1/32', '10.1.0.0/16', 'fd00::/64', '192.168.0.7'] }
  const guard = createNetworkGuard({ operator })
  for (const address of ['127.0.0.1', '::ffff:127.0.0.1', '::ffff:7f00:1', '64:ff9b::10.1.2.3', 'fd00::5']) {
    assert.equal(guard.checkAddress(address).allowed, true, address)
  }
  for (const address of ['127.0.0.2', '10.2.0.0', 'fd00:0:0:1::', '192.168.0.8', '::1', '64:ff9b::10.2.0.0']) {
    assert.equal(guard.checkAddress(address).allowed, false, address)
  }
})

test('a range of IPv4-mapped addresses means the IPv4 addresses', () => {
  const guard = createNetworkGuard({ operator: { allow: ['::ffff:10.0.0.0/104'], deny: ['::ffff:8.8.8.8'] } })
  assert.equal(guard.checkAddress('10.9.9.9').allowed, true)
  assert.equal(guard.checkAddress('8.8.8.8').allowed, false)
})

test('a metadata service is allowed by its address alone, never by a range it lies in', () => {
  const wide = createNetworkGuard({ operator: { allow: ['0.0.0.0/0', '::/0', '169.254.0.0/16'] } })
  assert.equal(wide.checkAddress('169.254.1.1').allowed, true)
  for (const address of ['169.254.169.254', '::ffff:169.254.169.254', 'fd00:ec2::254']) {
    assert.deepEqual(wide.checkAddress(address), { allowed: false, reason: 'a cloud metadata address' }, address)
  }
  const named = createNetworkGuard({ tenant: { allow: ['169.254.169.254'] } })
  assert.equal(named.checkAddress('169.254.169.254').allowed, true)
})

test('a denied range is refused even where it is allowed or public, in every spelling', () => {
  const deny = ['10.1.0.0/16', '8.8.8.0/24', '2606:4700::/32']
  const denied = ['10.1.2.3', '::ffff:10.1.2.3', '8.8.8.8', '64:ff9b::808:808', '2606:4700::1', '2a00::5efe:8.8.8.8']
  const byOperator = createNetworkGuard({ operator: { deny }, tenant: { allow: ['10.0.0.0/8'] } })
  const byTenant = createNetworkGuard({ operator: { allow: ['10.0.0.0/8'] }, tenant: { deny } })
  for (const address of denied) {
    const reason = 'an address the operator denies'
    assert.deepEqual(byOperator.checkAddress(address), { allowed: false, reason }, address)
    const own = "an address the worker's network policy denies"
    assert.deepEqual(byTenant.checkAddress(address), { allowed: false, reason: own }, address)
  }
  for (const guard of [byOperator, byTenant]) assert.equal(guard.checkAddress('10.2.0.1').allowed, true)
})

test('what either policy allows is allowed', () => {
  const guard = createNetworkGuard({ operator: { allow: ['10.0.0.1'] }, tenant: { allow: ['10.0.0.2'] } })
  assert.deepEqual(
    ['10.0.0.1', '10.0.0.2', '10.0.0.3'].map((address) => guard.checkAddress(address).allowed),
    [true, true, false],
  )
})

function verdicts(guard: ReturnType<typeof createNetworkGuard>, names: readonly string[]): boolean[] {
  return names.map((name) => guard.checkHost(name).allowed)
}

test('a name is denied exactly, and a pattern denies all below its name, however they are written', () => {
  const deny = ['Evil.Example', '*.ads.example', 'bücher.example', 'dot.example.']
  const guard = createNetworkGuard({ operator: { deny } })
  const denied = [
    'evil.example',
    'EVIL.example.',
    'a.ads.example',
    'a.b.ads.example',
    'xn--bcher-kva.example',
    'dot.example',
  ]
  assert.deepEqual(
    verdicts(guard, denied),
    denied.map(() => false),
  )
  const free = ['www.evil.example', 'ads.example', 'badads.example', 'evil.example.com', '8.8.8.8']
  assert.deepEqual(
    verdicts(guard, free),
    free.map(() => true),
  )
  assert.deepEqual(guard.checkHost('evil.example'), { allowed: false, reason: 'a host the operator denies' })
})

test('only the hosts that both policies name are reached, addresses included', () => {
  const guard = createNetworkGuard({
    operator: { hosts: ['*.example', '8.8.8.8', '2606:4700::1'] },
    tenant: { hosts: ['api.example', 'api.test', '2606:4700::1'] },
  })
  const names = ['api.example', 'www.example', 'api.test', '8.8.8.8', '[2606:4700::1]']
  assert.deepEqual(verdicts(guard, names), [true, false, false, false, true])
  assert.deepEqual(guard.checkHost('api.test'), { allowed: false, reason: 'not a host the operator allows' })
  const reason = "not a host the worker's network policy allows"
  assert.deepEqual(guard.checkHost('www.example'), { allowed: false, reason })
})

test('a denied host stays denied where it is among the hosts', () => {
  const guard = createNetworkGuard({ operator: { deny: ['api.example'] }, tenant: { hosts: ['api.example'] } })
  assert.equal(guard.checkHost('api.example').allowed, false)
})

test('everything denied, or no host named, is no network at all', () => {
  for (const policy of [{ deny: ['*'] }, { hosts: [] }]) {
    for (const options of [{ operator: policy }, { tenant: policy }]) {
      const guard = createNetworkGuard(options)
      assert.deepEqual(verdicts(guard, ['example.com', '8.8.8.8', '[2606:4700::1]', 'localhost']), Array(4).fill(false))
    }
  }
})

test('guards of one owner that mean the same share a key, and no others', () => {
  const key = (allow: string[] | undefined, owner = 'acme') =>
    createNetworkGuard({ owner, tenant: allow === undefined ? undefined : { allow } }).key
  assert.equal(key(['10.0.0.1', 'FD00::/8']), key(['fd00:0::/8', '10.0.0.1/32', '10.0.0.1']))
  assert.equal(key(undefined), key([]))
  assert.notEqual(key(['10.0.0.1']), key(['10.0.0.2']))
  assert.notEqual(key(undefined), key(undefined, 'other'))
  const withHosts = (hosts: string[]) => createNetworkGuard({ owner: 'acme', tenant: { hosts } }).key
  assert.notEqual(withHosts([]), key(undefined))
  assert.notEqual(
    createNetworkGuard({ operator: { deny: ['a.example'] } }).key,
    createNetworkGuard({ tenant: { deny: ['a.example'] } }).key,
  )
})

test('a list with what does not belong there is an error that names it', () => {
  const neither = ['', '10.0.0.0/33', '::/129', '10.0.0.0/', '10.0.0.0/-1', '010.0.0.0/8', '10/8', 'fe80::1%1/64']
  const noHost = [
    '10.1',
    '0x7f.1',
    '010.0.0.1',
    '1.2.3.4.5',
    'a..b',
    '.a',
    'a/b',
    'http://a',
    'a:80',
    '*.',
    '*.*',
    'a.*',
    '[::1]',
    'a b',
  ]
  for (const text of [...neither, ...noHost]) {
    const expected = (error: unknown): boolean =>
      error instanceof IsopodError &&
      error.code === 'INVALID_OPTION' &&
      error.message.startsWith(`${JSON.stringify(text)} in a network policy is neither `)
    for (const policy of [{ allow: [text] }, { deny: [text] }, { hosts: [text] }]) {
      assert.throws(() => createNetworkGuard({ operator: policy }), expected, text)
      assert.throws(() => createNetworkGuard({ tenant: policy }), expected, text)
    }
  }
  for (const text of ['localhost', '*.example.com', '*']) {
    assert.throws(() => createNetworkGuard({ tenant: { allow: [text] } }), { code: 'INVALID_OPTION' }, text)
  }
})
