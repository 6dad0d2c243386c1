import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSettings, SETTINGS } from '../../src/config/settings.ts'

test('without anything all settings have their defaults', () => {
  const settings = readSettings({}, {})
  assert.deepEqual(Object.keys(settings).toSorted(), Object.keys(SETTINGS).toSorted())
  const { port, mode, poolSize, heapMaxMb, heapInitialMb, allowAddresses } = settings
  assert.deepEqual(
    { port, mode, poolSize, heapMaxMb, heapInitialMb, allowAddresses },
    { port: 8787, mode: 'persistent', poolSize: 1000, heapMaxMb: 50, heapInitialMb: undefined, allowAddresses: [] },
  )
})

test('the names of the founding designs', () => {
  const settings = readSettings(
    {},
    {
      ISOLATE_POOL_SIZE: '12',
      ISOLATE_HEAP_MAX_MB: '64',
      ISOLATE_HEAP_INITIAL_MB: '16',
      PERSISTENT_WORKER_POOL_SIZE: '4',
      WORKER_RESTART_MEMORY_THRESHOLD_MB: '128',
      WORKER_HEALTH_CHECK_INTERVAL_MS: '5000',
      WORKER_TASK_QUEUE_SIZE: '0',
    },
  )
  const { poolSize, heapMaxMb, heapInitialMb, persistentPoolSize, restartMemoryMb, healthCheckMs, taskQueueSize } =
    settings
  assert.deepEqual(
    { poolSize, heapMaxMb, heapInitialMb, persistentPoolSize, restartMemoryMb, healthCheckMs, taskQueueSize },
    {
      poolSize: 12,
      heapMaxMb: 64,
      heapInitialMb: 16,
      persistentPoolSize: 4,
      restartMemoryMb: 128,
      healthCheckMs: 5000,
      taskQueueSize: 0,
    },
  )
})

test('what bounds instances', () => {
  const pick = ({ maxAgeMs, maxErrors, tenantInstances }: ReturnType<typeof readSettings>): unknown => [
    maxAgeMs,
    maxErrors,
    tenantInstances,
  ]
  const environment = {
    ISOPOD_INSTANCE_MAX_AGE_MS: '60000',
    ISOPOD_INSTANCE_MAX_ERRORS: '5',
    ISOPOD_TENANT_INSTANCES: '20',
  }
  assert.deepEqual(pick(readSettings({}, {})), [86_400_000, 100, undefined])
  assert.deepEqual(pick(readSettings({}, environment)), [60_000, 5, 20])
  const flags = { maxAgeMs: '1000', maxErrors: '1', tenantInstances: '2' }
  assert.deepEqual(pick(readSettings(flags, environment)), [1000, 1, 2])
})

test('a flag comes before the environment, the environment before the default', () => {
  const environment = { ISOPOD_PORT: '3000' }
  assert.equal(readSettings({ port: '4000' }, environment).port, 4000)
  assert.equal(readSettings({}, environment).port, 3000)
})

test('a variable set to nothing counts as not set; a flag does not', () => {
  assert.equal(readSettings({}, { ISOPOD_PORT: '' }).port, 8787)
  assert.throws(() => readSettings({ port: '' }, {}), { code: 'INVALID_OPTION' })
})

test('lists are split at commas', () => {
  const { allowAddresses } = readSettings({}, { ISOPOD_ALLOW_ADDRESSES: ' 10.0.0.0/8, ,127.0.0.1 ' })
  assert.deepEqual(allowAddresses, ['10.0.0.0/8', '127.0.0.1'])
})

test('no list of hosts is all hosts, and an empty one is none', () => {
  assert.equal(readSettings({}, {}).allowHosts, undefined)
  assert.equal(readSettings({}, { ISOPOD_ALLOW_HOSTS: '' }).allowHosts, undefined)
  assert.deepEqual(readSettings({ allowHosts: '' }, {}).allowHosts, [])
  assert.deepEqual(readSettings({}, { ISOPOD_ALLOW_HOSTS: 'a.example, *.b.example' }).allowHosts, [
    'a.example',
    '*.b.example',
  ])
})

test('a domain is a host name, in lower case', () => {
  assert.equal(readSettings({ domain: 'Workers.Example' }, {}).domain, 'workers.example')
  for (const domain of ['', '.', 'a..b', 'a.b.', 'a:80', 'a b', 'http://a', '*.a']) {
    assert.throws(() => readSettings({ domain }, {}), { code: 'INVALID_OPTION' }, domain)
  }
})

test('what is read cannot be changed', () => {
  assert.ok(Object.isFrozen(readSettings({}, {})))
})
