import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import { test } from 'node:test'
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import type { Outcome } from '../../src/outcome.ts'
import type { Mode } from '../../src/version.ts'
import { startRuntime, type TestRuntime } from '../support/runtime.ts'
import { until } from '../support/until.ts'

const SIZE = 6
const TENANT_INSTANCES = 3
const TENANTS = ['a', 'b', 'c']
const WORKERS = TENANTS.flatMap((tenant) => [0, 1, 2, 3].map((number) => ({ tenant, worker: `w${number}` })))
const STEPS = 600

const CODE = `export default { async fetch(request, env, ctx) {
  const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
  switch (new URL(request.url).pathname) {
    case '/throw': throw new Error('thrown')
    case '/spin': for (;;);
    case '/rest': await rest(2); break
    case '/later': ctx.waitUntil(rest(1)); break
    case '/stream': return new Response(new ReadableStream({ pull(c) { c.enqueue(new TextEncoder().encode('done')); c.close() } }))
  }
  return new Response('done')
} }`
const PATHS = ['/', '/rest', '/rest', '/later', '/stream', '/throw', '/throw', '/throw', '/throw'] as const
const ENDINGS: ReadonlySet<Outcome> = new Set<Outcome>([
  'ok',
  'exception',
  'exceededCpu',
  'recycled',
  'loadShed',
  'canceled',
])

type Chance = (below: number) => number

/** The same numbers for the same seed. */
function chanceOf(seed: number): Chance {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function assertBounds({ runtime }: TestRuntime): void {
  const { cached, entries } = runtime.stats()
  assert.ok(cached <= SIZE, `${cached} instances`)
  assert.equal(entries.length, cached)
  for (const tenant of TENANTS) {
    const own = entries.filter((entry) => entry.tenant === tenant).length
    assert.ok(own <= TENANT_INSTANCES, `${own} of ${tenant}`)
  }
  for (const { running } of entries) assert.ok(running >= 0 && running <= 2, `${running} at once`)
}

function modeOf(chance: Chance): Mode {
  const modes = ['persistent', 'persistent', 'persistent', 'pool', 'worker', 'shared'] as const
  return modes[chance(modes.length)] ?? 'persistent'
}

function pick<T>(list: readonly T[], chance: Chance): T {
  const picked = list[chance(list.length)]
  assert.ok(picked !== undefined)
  return picked
}

for (const seed of [1, 2, 3]) {
  test(`${STEPS} steps by chance (${seed}) lose no task, run none twice and leave nothing`, async () => {
    const chance = chanceOf(seed)
    await using t = startRuntime({
      poolSize: SIZE,
      tenantInstances: TENANT_INSTANCES,
      persistentTasksAtOnce: 2,
      persistentReplicas: 3,
      taskQueueSize: 20,
      maxErrors: 3,
      maxAgeMs: 60,
      healthCheckMs: 10,
      limits: { cpuMs: 20, startupCpuMs: 1000 },
    })
    const load = async (options: { readonly start: 'now' | 'on-demand' }): Promise<void> => {
      const version = { ...pick(WORKERS, chance), mode: modeOf(chance), minWarm: chance(4) === 0 ? chance(4) : 0 }
      const isBad = chance(10) === 0
      const bundle = bundleSource(isBad ? 'throw new Error("bad")' : CODE)
      await t.runtime.load({ ...version, bundle }, isBad ? {} : options).catch(() => undefined)
    }
    for (const id of WORKERS) await t.runtime.load({ ...id, bundle: bundleSource(CODE) })

    let dispatched = 0
    const tasks: Promise<void>[] = []
    const dispatch = async (): Promise<void> => {
      const leaver = new AbortController()
      const path = chance(50) === 0 ? '/spin' : pick(PATHS, chance)
      const request = { method: 'GET', url: `http://any.localhost${path}`, headers: [] }
      dispatched += 1
      const settled = t.runtime.dispatch(pick(WORKERS, chance), { type: 'fetch', request }, leaver)
      if (chance(8) === 0) leaver.abort()
      const { body, outcome } = await settled
      if (typeof body === 'object' && 'read' in body) while ((await body.read()) !== undefined);
      assert.ok(ENDINGS.has(outcome), outcome)
      assertBounds(t)
    }
    const loads: Promise<void>[] = []
    const pins: Disposable[] = []
    const letGo = (): void => pins.splice(0).forEach((pin) => pin[Symbol.dispose]())
    for (let step = 0; step < STEPS; step++) {
      const what = chance(100)
      if (what < 75) tasks.push(dispatch())
      else if (what < 79) loads.push(load({ start: 'now' }))
      else if (what < 82) loads.push(load({ start: 'on-demand' }))
      else if (what < 84) t.runtime.memory.evictIdle(1)
      else if (what < 86) t.runtime.memory.memory = chance(5) === 0 ? 'full' : 'available'
      else if (what < 88) pins.push(t.runtime.pin(pick(WORKERS, chance)) ?? { [Symbol.dispose]: () => undefined })
      else if (what < 91) pins.shift()?.[Symbol.dispose]()
      else await setImmediate()
      if (t.runtime.counts().running > 40) {
        letGo()
        await until(() => t.runtime.counts().running < 20)
      }
      assertBounds(t)
    }
    t.runtime.memory.memory = 'available'
    letGo()
    await Promise.all(tasks)
    await Promise.all(loads)
    await until(() => t.records.length >= dispatched && t.runtime.counts().running === 0)
    assert.equal(t.records.length, dispatched)

    for (const id of WORKERS) t.runtime.remove(id)
    // The isolate of a tenant belongs to no version.
    await until(() => t.runtime.memory.evictIdle(SIZE) === 0 && t.runtime.stats().cached === 0)
    const { evictions } = t.runtime.stats()
    for (const { tenant, worker } of WORKERS.filter((id) => id.tenant !== 'c' && id.worker !== 'w3')) {
      await t.runtime.load({ tenant, worker, bundle: bundleSource(CODE) })
    }
    assert.equal(t.runtime.stats().evictions, evictions, 'every place is free again')
  })
}
