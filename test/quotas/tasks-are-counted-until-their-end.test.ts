import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusal } from '../../src/host/destination.ts'
import { TenantQuotas } from '../../src/host/routing/tenant-quotas.ts'
import type { TaskCaller } from '../../src/instance/task-run.ts'
import type { TenantQuota } from '../../src/quota.ts'
import type { TaskRecord, TaskResult, Usage } from '../../src/task.ts'

interface Stage {
  readonly quotas: TenantQuotas
  nowMs: number
  /** What callers were told. */
  readonly told: TaskResult[]
  admit(quota: TenantQuota, tenant?: string): TaskCaller | undefined
}

function stage(hosts: number): Stage {
  const told: TaskResult[] = []
  const created: Stage = {
    quotas: new TenantQuotas({ hosts, now: () => created.nowMs }),
    nowMs: 0,
    told,
    admit: (quota, tenant = 'acme') =>
      created.quotas.admit({ tenant, worker: 'app', quota }, { settled: (result) => void told.push(result) }),
  }
  return created
}

function usage(cpuMs: number): Usage {
  return {
    cpuUs: cpuMs * 1000,
    wallMs: 1,
    queueMs: 0,
    heapBytes: 0,
    subrequests: 0,
    bytesIn: 0,
    bytesOut: 0,
    bytesSent: 0,
  }
}

function record(cpuMs: number): TaskRecord {
  return {
    tenant: 'acme',
    worker: 'app',
    version: 'v1',
    type: 'fetch',
    outcome: 'ok',
    usage: usage(cpuMs),
    logs: [],
  }
}

test('a task holds its place until nothing of it is left', () => {
  const { admit, told } = stage(1)
  const quota = { concurrentTasks: 1 }
  const first = admit(quota)
  assert.equal(admit(quota), undefined)
  first?.settled({ outcome: 'ok', usage: usage(1), logs: [] })
  assert.equal(admit(quota), undefined, 'its waitUntil may go on')
  first?.ended?.(record(1))
  assert.notEqual(admit(quota), undefined)
  assert.deepEqual(
    told.map(({ outcome }) => outcome),
    ['quotaExceeded', 'ok', 'quotaExceeded'],
  )
})

test('what never reached the worker, and what became a WebSocket, holds none', () => {
  const { admit } = stage(1)
  const quota = { concurrentTasks: 1 }
  admit(quota)?.settled(refusal({ outcome: 'loadShed', code: 'QUEUE_FULL', message: 'full' }))
  const second = admit(quota)
  assert.notEqual(second, undefined)
  const socket = { send: () => undefined, close: () => undefined } as unknown as NonNullable<TaskResult['socket']>
  second?.settled({ outcome: 'ok', socket, usage: usage(1), logs: [] })
  assert.notEqual(admit(quota), undefined)
  second?.ended?.(record(1))
  assert.equal(admit(quota), undefined, 'its place was given back once')
})

test('CPU time of tasks that ended counts for a minute', () => {
  const it = stage(2)
  const quota = { cpuMsPerMinute: 100 }
  it.admit(quota)?.ended?.(record(49))
  it.nowMs = 10_000
  it.admit(quota)?.ended?.(record(1))
  assert.equal(it.admit(quota), undefined)
  const { error, outcome, retryAfterMs } = it.told.at(-1) ?? {}
  assert.deepEqual([outcome, error?.code, retryAfterMs], ['quotaExceeded', 'QUOTA_EXCEEDED', 50_000])
  assert.match(
    error?.message ?? '',
    /"cpuMsPerMinute".*100 ms of CPU time in a minute, 50 ms on each of 2 hosts, and 50 ms were used\. Try again in 50 s/,
  )
  it.nowMs = 60_000
  assert.notEqual(it.admit(quota), undefined)
})

test('tenants are counted apart, and what one quota refuses uses up no other', () => {
  const it = stage(1)
  const quota = { requestsPerSecond: 2, concurrentTasks: 1 }
  const first = it.admit(quota)
  for (let more = 0; more < 10; more++) it.admit(quota)
  first?.ended?.(record(1))
  assert.notEqual(it.admit(quota), undefined, 'one of the two in this second is left')
  assert.notEqual(it.admit(quota, 'other'), undefined)
})

test('where there are more hosts than tasks, each host takes one', () => {
  const { admit } = stage(8)
  const quota = { concurrentTasks: 3, requestsPerSecond: 2 }
  assert.notEqual(admit(quota), undefined)
  assert.equal(admit(quota), undefined)
})
