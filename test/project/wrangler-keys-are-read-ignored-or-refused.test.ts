import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Project } from '../../src/project/project.ts'
import { readProject } from '../../src/project/read-project.ts'
import { IGNORED_KEYS, REFUSED_KEYS } from '../../src/project/wrangler-keys.ts'
import { tmpDir } from '../support/tmp-dir.ts'

async function read(config: object): Promise<Project> {
  using dir = tmpDir({ 'wrangler.json': JSON.stringify({ name: 'shop', main: 'src/index.ts', ...config }) })
  return await readProject(dir.path)
}

test('what means something here is read', async () => {
  const project = await read({
    compatibility_date: '2026-01-31',
    compatibility_flags: ['nodejs_als'],
    limits: { cpu_ms: 50, subrequests: 10 },
    assets: { directory: 'public', run_worker_first: true, html_handling: 'auto-trailing-slash' },
    kv_namespaces: [{ binding: 'NOTES', id: '0f2ac74b498b48028cb68387c421e279', preview_id: 'x', remote: true }],
    services: [{ binding: 'AUTH', service: 'auth', environment: 'production', entrypoint: 'default' }],
    routes: ['https://example.com/*', { pattern: 'api.example.com/v1/*', zone_name: 'example.com' }],
    rules: [
      { type: 'Data', globs: ['**/*.dat'], fallthrough: true },
      { type: 'CompiledWasm', globs: ['*.mod'] },
    ],
  })
  assert.deepEqual(project.compatibilityFlags, ['nodejs_compat'])
  assert.deepEqual(project.limits, { cpuMs: 50, subrequests: 10 })
  assert.equal(project.assets?.workerFirst, true)
  assert.deepEqual(project.bindings, {
    NOTES: { type: 'kv', namespace: '0f2ac74b498b48028cb68387c421e279' },
    AUTH: { type: 'service', worker: 'auth-production' },
  })
  assert.deepEqual(project.routes, ['example.com/*', 'api.example.com/v1/*'])
  assert.deepEqual(project.rules, [
    { type: 'data', globs: ['**/*.dat'] },
    { type: 'wasm', globs: ['*.mod'] },
  ])
  assert.deepEqual(project.warnings, [])
})

test('what means nothing here is named in one warning', async () => {
  const { warnings } = await read({ account_id: 'x', build: { command: 'make' }, observability: { enabled: true } })
  assert.deepEqual(warnings, ['Without effect here: account_id, build (run its command yourself), observability.'])
  const all = Object.fromEntries(Object.keys(IGNORED_KEYS).map((key) => [key, {}]))
  assert.equal((await read(all)).warnings.length, 1)
})

test('so are values that mean nothing', async () => {
  const { warnings } = await read({
    compatibility_flags: ['nodejs_compat', 'global_fetch_strictly_public'],
    assets: { directory: 'public', html_handling: 'none' },
  })
  assert.deepEqual(warnings, [
    'Compatibility flags without effect here: global_fetch_strictly_public.',
    '"assets.html_handling" is auto-trailing-slash here, not none.',
  ])
})

test('what a worker would break without is refused, with the names it has', async () => {
  for (const [key, value, names] of [
    ['d1_databases', [{ binding: 'DB', database_id: 'x' }], 'DB'],
    ['r2_buckets', [{ binding: 'A' }, { binding: 'B' }], 'A, B'],
    ['durable_objects', { bindings: [{ name: 'ROOM', class_name: 'Room' }] }, 'ROOM'],
    ['queues', { producers: [{ binding: 'JOBS', queue: 'jobs' }], consumers: [{ queue: 'done' }] }, 'JOBS, done'],
    ['ai', { binding: 'AI' }, 'AI'],
    ['workflows', [{ binding: 'FLOW', name: 'flow', class_name: 'Flow' }], 'FLOW'],
    ['alias', { react: 'preact' }, 'react'],
    ['site', { bucket: './public' }, './public'],
    ['node_compat', true, 'true'],
  ] as const) {
    const start = `wrangler.json:1:${'{"name":"shop","main":"src/index.ts",'.length + 1}: "${key}" (${names}) cannot be offered: `
    await assert.rejects(read({ [key]: value }), ({ code, message }: { code: string; message: string }) => {
      assert.equal(code, 'CONFIG_INVALID')
      assert.equal(message.slice(0, start.length), start)
      return true
    })
  }
  for (const key of Object.keys(REFUSED_KEYS))
    await assert.rejects(read({ [key]: 'x' }), { code: 'CONFIG_INVALID' }, key)
})

test('but not where it is there and empty', async () => {
  for (const value of [[], {}, null, false]) {
    const all = Object.fromEntries(Object.keys(REFUSED_KEYS).map((key) => [key, value]))
    assert.deepEqual((await read(all)).warnings, [])
  }
  assert.deepEqual((await read({ queues: { producers: [] }, durable_objects: { bindings: [] } })).warnings, [])
})

test('events, patterns of requests and props of services are refused', async () => {
  for (const [config, message] of [
    [{ triggers: { events: [{ type: 'artifacts' }] } }, /"triggers.events" cannot be offered/],
    [{ assets: { directory: 'x', run_worker_first: ['/api/*'] } }, /"assets.run_worker_first" is true or false here/],
    [{ services: [{ binding: 'A', service: 'a', props: { b: 1 } }] }, /"A" has props/],
  ] as const) {
    await assert.rejects(read(config), { code: 'CONFIG_INVALID', message })
  }
})
