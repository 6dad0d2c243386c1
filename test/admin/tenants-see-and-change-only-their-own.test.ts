// Every route there is, asked with the tokens of one tenant about the things of another. A new route has to be entered here.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TaskReport } from '../../src/wire/control-messages.ts'
import type { MeasuresText } from '../../src/wire/measures-text.ts'
import { type AdminStage, codeOf, startAdmin } from '../support/admin-stage.ts'

/** What a tenant's own may do with it: below their tenant, not at all, see what is theirs (also as it comes), run what is theirs, or as everybody. */
const ROUTES: Readonly<Record<string, 'below' | 'never' | 'own' | 'run' | 'open' | 'stream'>> = {
  'GET /api/workers': 'own',
  'PUT /api/workers/:tenant/:worker': 'below',
  'DELETE /api/workers/:tenant/:worker': 'below',
  'GET /api/workers/:tenant/:worker': 'below',
  'GET /api/workers/:tenant/:worker/versions': 'below',
  'GET /api/workers/:tenant/:worker/versions/:version': 'below',
  'GET /api/workers/:tenant/:worker/versions/:version/source': 'below',
  'POST /api/workers/:tenant/:worker/versions': 'below',
  'GET /api/workers/:tenant/:worker/deployments': 'below',
  'POST /api/workers/:tenant/:worker/deployments': 'below',
  'POST /api/workers/:tenant/:worker/rollback': 'below',
  'GET /api/workers/:tenant/:worker/secrets': 'below',
  'PUT /api/workers/:tenant/:worker/secrets/:name': 'below',
  'DELETE /api/workers/:tenant/:worker/secrets/:name': 'below',
  'PUT /api/workers/:tenant/:worker/routes': 'below',
  'GET /api/workers/:tenant/:worker/schedules': 'below',
  'PUT /api/workers/:tenant/:worker/schedules': 'below',
  'POST /api/workers/:tenant/:worker/schedules/run': 'below',
  'GET /api/workers/:tenant/:worker/schedules/history': 'below',
  'POST /api/tenants/:tenant/assets/missing': 'below',
  'PUT /api/tenants/:tenant/assets/:hash': 'below',
  'GET /api/tenants/:tenant/kv': 'below',
  'GET /api/tenants/:tenant/kv/:namespace/keys': 'below',
  'GET /api/tenants/:tenant/kv/:namespace/keys/:key': 'below',
  'PUT /api/tenants/:tenant/kv/:namespace/keys/:key': 'below',
  'DELETE /api/tenants/:tenant/kv/:namespace/keys/:key': 'below',
  'GET /api/routes': 'own',
  'POST /execute': 'run',
  'POST /compare': 'run',
  'POST /api/executions': 'run',
  'GET /api/executions': 'run',
  'GET /api/executions/:id': 'run',
  'POST /api/executions/:id/cancel': 'run',
  'GET /api/executions/:id/events': 'run',
  'GET /api/backends': 'open',
  'GET /api/logs': 'own',
  'GET /api/tail': 'stream',
  'GET /api/tenants': 'own',
  'PUT /api/tenants/:tenant': 'never',
  'GET /api/quarantine': 'own',
  'DELETE /api/quarantine/:tenant/:worker': 'never',
  'GET /api/incidents': 'own',
  'GET /api/hosts': 'never',
  'POST /api/reload': 'never',
  'GET /admin/pool': 'never',
  'GET /api/measures': 'own',
  'GET /api/measures/history': 'own',
  'GET /metrics': 'never',
  'GET /api/whoami': 'own',
  'GET /api/tokens': 'never',
  'POST /api/tokens': 'never',
  'DELETE /api/tokens/:id': 'never',
  'GET /api/audit': 'own',
  'GET /healthz': 'open',
  'GET /readyz': 'open',
  'GET /api/openapi.json': 'own',
}

/** In the name of everything that is the other tenant's. */
const MARK = 'zebra'
const READS = [
  '/api/workers',
  '/api/tenants',
  '/api/quarantine',
  '/api/incidents',
  '/api/tokens',
  '/api/routes',
  '/api/logs',
  '/api/audit',
] as const

function split(route: string): [method: string, pattern: string] {
  const [method = '', pattern = ''] = route.split(' ')
  return [method, pattern]
}

function pathOf(pattern: string, tenant: string): string {
  return (
    pattern
      .replace(':tenant', tenant)
      .replace(':worker', `${tenant}-app`)
      .replace(':id', 'AAAAAAAA')
      .replace(':namespace', 'cache')
      .replace(':name', 'A')
      .replace(':key', 'a')
      // Of the second that was furnished.
      .replace(':version', 'v2')
      .replace(':hash', 'a'.repeat(64))
  )
}

function reportOf(tenant: string): TaskReport {
  const usage = { cpuUs: 1, wallMs: 1, queueMs: 0, heapBytes: 0, subrequests: 0, bytesIn: 0, bytesOut: 0, bytesSent: 0 }
  const record = {
    tenant,
    worker: `${tenant}-app`,
    version: 'v1',
    type: 'fetch',
    outcome: 'exception',
    usage,
    logs: [],
  } as const
  return { id: 1, time: 1, record }
}

function measuresOf(tenants: readonly string[]): MeasuresText {
  const counts = { outcomes: { ok: 1 } }
  return {
    snapshot: 1,
    all: { tasks: counts },
    rows: tenants.flatMap((tenant, place) => [
      { row: 2 * place, tenant, counts },
      { row: 2 * place + 1, tenant, worker: `${tenant}-app`, counts },
    ]),
    pool: { total: 1, cached: 0, capacity: 1, waiting: 0, reserve: 0 },
    workers: [],
  }
}

/** Two tenants, each with a worker that took a host down, and with its row in the audit log. */
async function furnish(stage: AdminStage): Promise<void> {
  const numbers = [await stage.deploy(MARK, `${MARK}-app`), await stage.deploy('acme', 'acme-app')]
  for (const [host, culprit] of numbers.entries()) {
    const facts = { time: 1, host, pid: 1, tier: 'probation', cause: 'stuck', signal: null, detail: 'as told' } as const
    await stage.control.hostDied({ ...facts, culprit, suspects: numbers })
  }
  for (const tenant of [MARK, 'acme']) {
    await stage.ask('PUT', `/api/tenants/${tenant}`, { body: { network: { deny: [`${tenant}.example`] } } })
    await stage.ask('PUT', `/api/workers/${tenant}/${tenant}-app/routes`, { body: { routes: [`${tenant}.example`] } })
    await stage.ask('PUT', `/api/tenants/${tenant}/kv/cache/keys/a`, { body: { text: tenant } })
    stage.control.tasks.add(0, [reportOf(tenant)], 0)
  }
  stage.control.measures.take({ host: 0, tier: 'probation' }, measuresOf([MARK, 'acme']))
}

async function stateOf(stage: AdminStage): Promise<readonly string[]> {
  const answers = await Promise.all(READS.filter((path) => path !== '/api/audit').map((path) => stage.ask('GET', path)))
  // Time on probation passes by itself.
  return answers.map(({ text }) => text.replaceAll(/"probation_ms":\d+/g, ''))
}

test('every route has its entry', async () => {
  await using stage = await startAdmin()
  assert.deepEqual(stage.routes.map(({ method, url }) => `${method} ${url}`).toSorted(), Object.keys(ROUTES).toSorted())
})

for (const role of ['deployer', 'reader'] as const) {
  test(`a ${role} of one tenant gets nothing of another by any route, and changes nothing`, async (t) => {
    await using stage = await startAdmin()
    await furnish(stage)
    const token = stage.secretOf({ role, tenant: 'acme' })
    const before = await stateOf(stage)
    assert.ok(before.every((text) => text.includes(MARK) || text.includes('"tokens"')))
    for (const [route, kind] of Object.entries(ROUTES)) {
      const [method, pattern] = split(route)
      if (kind === 'stream') continue
      await t.test(route, async () => {
        const answer = await stage.ask(method, pathOf(pattern, MARK), { token })
        if (pattern.includes(':tenant')) {
          assert.equal(answer.status, 404)
          const nobodys = await stage.ask(method, pathOf(pattern, 'nobody'), { token })
          assert.equal(nobodys.status, 404)
          assert.equal(nobodys.text.replaceAll('nobody', MARK), answer.text)
          return
        }
        assert.ok(!answer.text.includes(MARK), answer.text)
        if (kind === 'never') assert.deepEqual([answer.status, codeOf(answer)], [403, 'FORBIDDEN'])
        if (kind === 'own') assert.equal(answer.status, 200)
      })
    }
    assert.deepEqual(await stateOf(stage), before)
  })
}

test('a deployer may change what is below its tenant, and nothing above', async () => {
  await using stage = await startAdmin()
  const token = stage.secretOf({ role: 'deployer', tenant: 'acme' })
  for (const [route, kind] of Object.entries(ROUTES)) {
    const [method, pattern] = split(route)
    if (!pattern.includes(':tenant')) continue
    const { status } = await stage.ask(method, pathOf(pattern, 'acme'), { token })
    // What comes through is judged by its body, or finds nothing.
    if (kind === 'below') assert.ok(status !== 401 && status !== 403, `${route}: ${status}`)
    else assert.equal(status, 403, route)
  }
})

test('own things are shown', async () => {
  await using stage = await startAdmin()
  await furnish(stage)
  for (const role of ['deployer', 'reader'] as const) {
    const token = stage.secretOf({ role, tenant: 'acme' })
    for (const [route, kind] of Object.entries(ROUTES)) {
      const [method, pattern] = split(route)
      if (kind !== 'own' || pattern === '/api/openapi.json') continue
      const { text } = await stage.ask(method, pattern, { token })
      assert.ok(text.includes('acme'), `${route}: ${text}`)
    }
  }
})

test('a reader reads everything, or what is its tenant’s, and changes nothing', async () => {
  await using stage = await startAdmin()
  await furnish(stage)
  const before = await stateOf(stage)
  const everything = stage.secretOf({ role: 'reader' })
  const own = stage.secretOf({ role: 'reader', tenant: 'acme' })
  for (const [route, kind] of Object.entries(ROUTES)) {
    const [method, pattern] = split(route)
    if (kind === 'stream') continue
    if (method === 'GET') {
      const { status } = await stage.ask(method, pathOf(pattern, 'acme'), { token: everything })
      const isNone = kind === 'run' && pattern.includes(':id')
      assert.equal(status, isNone ? 404 : pattern === '/readyz' ? 503 : 200, route)
      continue
    }
    for (const token of [everything, own]) {
      assert.equal((await stage.ask(method, pathOf(pattern, 'acme'), { token })).status, 403, route)
    }
  }
  assert.deepEqual((await stateOf(stage)).slice(0, 4), before.slice(0, 4))
})
