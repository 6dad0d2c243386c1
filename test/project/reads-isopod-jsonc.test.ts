import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { readProject } from '../../src/project/read-project.ts'
import { tmpDir } from '../support/tmp-dir.ts'

test('every key of isopod.jsonc has its place in the project', async () => {
  using dir = tmpDir({
    'isopod.jsonc': `{
      "$schema": "https://example.com/schema.json",
      // What it is called.
      "name": "shop",
      "tenant": "acme",
      "main": "src/index.ts",
      "compatibility_date": "2026-01-31",
      "compatibility_flags": ["nodejs_compat"],
      "vars": { "GREETING": "hello", "LEVELS": [1, { "deep": null }] },
      "kv_namespaces": [{ "binding": "NOTES", "id": "notes" }, { "binding": "CACHE" }],
      "services": [{ "binding": "AUTH", "service": "auth" }],
      "assets": { "directory": "../site", "binding": "ASSETS", "not_found_handling": "404-page", "run_worker_first": true },
      "schedules": ["0 7 * * 1", { "cron": "0  8 * * *", "zone": "Europe/Berlin" }],
      "routes": ["example.com/api/*", { "pattern": "shop.example.com", "custom_domain": true }],
      "rules": [{ "type": "Text", "globs": ["**/*.svg"] }, { "type": "ESModule", "globs": ["**/*.js"] }],
      "mode": "shared",
      "min_warm": 2,
      "limits": { "cpuMs": 50, "heapMb": 64 },
      "network": { "allow": ["10.1.2.0/24"], "hosts": ["*.example.com"] },
    }`,
  })
  assert.deepEqual(await readProject(dir.path), {
    folder: dir.path,
    file: join(dir.path, 'isopod.jsonc'),
    worker: 'shop',
    tenant: 'acme',
    entry: join(dir.path, 'src/index.ts'),
    compatibilityFlags: ['nodejs_compat'],
    env: { GREETING: 'hello', LEVELS: [1, { deep: null }] },
    bindings: {
      NOTES: { type: 'kv', namespace: 'notes' },
      CACHE: { type: 'kv', namespace: 'CACHE' },
      AUTH: { type: 'service', worker: 'auth' },
      ASSETS: { type: 'assets' },
    },
    assets: { folder: join(dir.path, '../site'), binding: 'ASSETS', notFound: '404-page', workerFirst: true },
    schedules: [
      { cron: '0 7 * * 1', zone: 'UTC' },
      { cron: '0 8 * * *', zone: 'Europe/Berlin' },
    ],
    routes: ['example.com/api/*', 'shop.example.com/*'],
    mode: 'shared',
    minWarm: 2,
    limits: { cpuMs: 50, heapMb: 64 },
    network: { allow: ['10.1.2.0/24'], hosts: ['*.example.com'] },
    rules: [{ type: 'text', globs: ['**/*.svg'] }],
    warnings: [],
  })
})

test('a site without a worker has no entry', async () => {
  using dir = tmpDir({ 'isopod.json': '{ "name": "site", "assets": { "directory": "public" } }' })
  const { entry, assets, bindings, limits, network, schedules, routes } = await readProject(dir.path)
  assert.equal(entry, undefined)
  assert.deepEqual(assets, {
    folder: join(dir.path, 'public'),
    binding: undefined,
    notFound: 'none',
    workerFirst: false,
  })
  assert.deepEqual([bindings, limits, network, schedules, routes], [{}, {}, undefined, [], []])
})
