import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseHosts } from '../../src/ops/hosts-file.ts'

test('addresses of names and their aliases, comments and nonsense aside', () => {
  const hosts = parseHosts(
    '127.0.0.1\tlocalhost\r\n::1 localhost ip6-localhost # both\n\n# 10.0.0.1 gone\n10.0.0.2 DB.intern db\nnonsense here\n10.0.0.3',
  )
  assert.deepEqual(Object.fromEntries(hosts), {
    localhost: ['127.0.0.1', '::1'],
    'ip6-localhost': ['::1'],
    'db.intern': ['10.0.0.2'],
    db: ['10.0.0.2'],
  })
})
