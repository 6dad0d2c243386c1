import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Project } from '../../src/project/project.ts'
import { readProject } from '../../src/project/read-project.ts'
import { tmpDir } from '../support/tmp-dir.ts'

async function read(config: object, environment: string, file = 'wrangler.json'): Promise<Project> {
  using dir = tmpDir({ [file]: JSON.stringify({ name: 'shop', main: 'src/index.ts', ...config }) })
  return await readProject(dir.path, { environment })
}

test('an environment has what the root says, unless it says it itself', async () => {
  const config = {
    limits: { cpu_ms: 50 },
    routes: ['example.com/*'],
    triggers: { crons: ['* * * * *'] },
    account_id: 'x',
    env: { staging: { route: 'staging.example.com/*', limits: { subrequests: 5 } }, named: { name: 'other' } },
  }
  const staging = await read(config, 'staging')
  assert.equal(staging.worker, 'shop-staging')
  assert.deepEqual(staging.routes, ['staging.example.com/*'])
  assert.deepEqual(staging.limits, { subrequests: 5 })
  assert.deepEqual(staging.schedules, [{ cron: '* * * * *', zone: 'UTC' }])
  assert.deepEqual(staging.warnings, ['Without effect here: account_id.'])
  const named = await read(config, 'named')
  assert.equal(named.worker, 'other')
  assert.deepEqual(named.routes, ['example.com/*'])
})

test('except for variables and bindings, which it has none of unless it gives its own', async () => {
  const config = {
    vars: { A: 1 },
    kv_namespaces: [{ binding: 'NOTES' }],
    d1_databases: [{ binding: 'DB' }],
    env: { staging: { vars: { A: 2 } } },
  }
  const { env, bindings, warnings } = await read(config, 'staging')
  assert.deepEqual([env, bindings], [{ A: 2 }, {}])
  assert.deepEqual(warnings, [
    '"kv_namespaces" is not inherited by environments: env.staging has none, unless it gives its own.',
    '"d1_databases" is not inherited by environments: env.staging has none, unless it gives its own.',
  ])
})

test('so it is in isopod.jsonc', async () => {
  const config = {
    tenant: 'acme',
    mode: 'shared',
    network: { deny: ['*'] },
    schedules: ['* * * * *'],
    vars: { A: 1 },
    env: { staging: { mode: 'pool', schedules: [] } },
  }
  const { tenant, mode, network, schedules, env } = await read(config, 'staging', 'isopod.json')
  assert.deepEqual([tenant, mode, network, schedules, env], ['acme', 'pool', { deny: ['*'] }, [], {}])
})

test('problems are told where they are written', async () => {
  const config = { env: { staging: { d1_databases: [{ binding: 'DB' }] } } }
  const start = '{"name":"shop","main":"src/index.ts","env":{"staging":{'
  await assert.rejects(read(config, 'staging'), {
    message: new RegExp(`^wrangler.json:1:${start.length + 1}: "d1_databases"`),
  })
  await assert.rejects(read({ env: { ['x'.repeat(60)]: {} } }, 'x'.repeat(60)), {
    code: 'CONFIG_INVALID',
    message: /the worker "shop-x+" must be named by 1 to 63 letters/,
  })
})

test('one that is not there is told with those that are', async () => {
  await assert.rejects(read({ env: { staging: {}, production: {} } }, 'prod'), {
    code: 'INVALID_OPTION',
    message: 'There is no environment "prod"; there are staging, production.',
  })
  await assert.rejects(read({}, 'toString'), {
    code: 'INVALID_OPTION',
    message: 'There is no environment "toString"; the configuration has none.',
  })
})
