import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TenantQuotas } from '../../src/host/routing/tenant-quotas.ts'
import type { TenantQuota } from '../../src/quota.ts'
import { eventually } from '../support/cli.ts'
import { answering, startFleet } from '../support/fleet.ts'
import { startOrigin } from '../support/origin.ts'
import { setQuota } from '../support/quotas.ts'

const ASKS = { tenant: 'asks', worker: 'app' }
const TALKS = { tenant: 'talks', worker: 'app' }

test('a tenant whose workers have made their subrequests of a minute, or sent their bytes, is refused; others are not', async () => {
  await using origin = await startOrigin((_request, response) => response.end('there'))
  await using fleet = await startFleet(['--allow-addresses', '127.0.0.1/32'])
  const source = `export default { fetch: async () => { for (let i = 0; i < 3; i++) await fetch('${origin.url}/'); return new Response('asked') } }`
  await fleet.deploy(ASKS, source)
  await fleet.deploy(TALKS, answering('x'.repeat(500)))
  await setQuota(fleet, ASKS.tenant, { subrequestsPerMinute: 3 })
  await setQuota(fleet, TALKS.tenant, { egressBytesPerMinute: 400 })
  const refusedAt = async (worker: typeof ASKS) => {
    assert.equal((await fleet.get(worker)).status, 200)
    return eventually(
      () => fleet.get(worker),
      ({ status }) => status !== 200,
    )
  }
  const asks = await refusedAt(ASKS)
  assert.equal(asks.status, 429)
  assert.match(asks.text, /subrequestsPerMinute.*3 subrequests in a minute, and \d+ were used/)
  assert.equal(asks.headers['ratelimit-policy'], '"subrequestsPerMinute";q=3;w=60')
  const talks = await refusedAt(TALKS)
  assert.equal(talks.status, 429)
  assert.match(talks.text, /egressBytesPerMinute.*400 bytes sent in a minute, and \d+ bytes were used/)
  assert.equal(talks.headers['ratelimit-policy'], '"egressBytesPerMinute";q=400;qu="content-bytes";w=60')
})

test('bytes of responses and of what the worker sends elsewhere add up, and leave with the minute', () => {
  let nowMs = 0
  const quotas = new TenantQuotas({ hosts: 1, now: () => nowMs })
  const admit = (quota: TenantQuota) =>
    quotas.admit({ tenant: 'acme', worker: 'app', quota }, { settled: () => undefined })
  const usage = {
    cpuUs: 0,
    wallMs: 1,
    queueMs: 0,
    heapBytes: 0,
    subrequests: 1,
    bytesIn: 9000,
    bytesOut: 60,
    bytesSent: 40,
  }
  const record = {
    tenant: 'acme',
    worker: 'app',
    version: 'v1',
    type: 'fetch',
    outcome: 'ok',
    usage,
    logs: [],
  } as const
  const quota = { egressBytesPerMinute: 101, subrequestsPerMinute: 3 }
  admit(quota)?.ended?.(record)
  admit(quota)?.ended?.(record)
  assert.equal(admit(quota), undefined, 'bytes')
  assert.notEqual(admit({ ...quota, egressBytesPerMinute: 201 }), undefined)
  assert.equal(admit({ subrequestsPerMinute: 2 }), undefined, 'subrequests')
  nowMs = 60_000
  assert.notEqual(admit(quota), undefined)
})
