// What control does with 10,000 workers in its store: it starts, lists them, deploys one more, and hosts look routes up. Beside
// each, the same with 100 workers.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundleSource } from '../../../src/bundle/bundle-source.ts'
import { type Database, openDatabase } from '../../../src/control/database.ts'
import { sqliteStore } from '../../../src/control/sqlite-store.ts'
import type { Store } from '../../../src/control/store.ts'
import { RoutePatterns } from '../../../src/host/routing/route-patterns.ts'
import { addWorker, filledStore, nameOf } from '../filled-store.ts'
import { type Measurement, measurement } from '../result.ts'
import { inRounds, medianRatio } from '../rounds.ts'
import type { Suite } from '../suite.ts'

const COUNTS = [100, 10_000] as const
type Count = (typeof COUNTS)[number]
const LOOKUPS = 10_000
const BUNDLE = bundleSource('export default { fetch: () => new Response("here") }')

interface Filled extends Disposable {
  readonly database: Database
  readonly store: Store
  readonly patterns: RoutePatterns
  readonly path: string
}

function fill(count: Count): Filled {
  const folder = mkdtempSync(join(tmpdir(), 'isopod-bench-'))
  const path = join(folder, 'isopod.db')
  const { database, store } = filledStore(path, { workers: count, bundle: () => BUNDLE })
  const patterns = new RoutePatterns()
  patterns.setAll(
    Array.from({ length: count }, (_, number) => ({
      pattern: `host-${number}.example/api/*`,
      tenant: 'default',
      worker: `worker-${number}`,
    })),
  )
  return {
    database,
    store,
    patterns,
    path,
    [Symbol.dispose]() {
      store[Symbol.dispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const ACTIONS: Readonly<Record<string, { readonly unit: string; run(filled: Filled, round: number): number }>> = {
  list: { unit: 'ms', run: ({ store }) => timed(() => store.workers().length) },
  'deploy-one': { unit: 'ms', run: ({ store }, round) => timed(() => addWorker(store, 1_000_000 + round, BUNDLE)) },
  'versions-of-one': {
    unit: 'ms',
    run: ({ store }) => timed(() => store.versions(nameOf(7)).length),
  },
  'start-of-store': {
    unit: 'ms',
    run: ({ path }) =>
      timed(() => {
        const store = sqliteStore(openDatabase(path))
        const { length } = store.workers()
        store[Symbol.dispose]()
        return length
      }),
  },
  'route-look-up': {
    unit: 'µs',
    run: ({ patterns }) =>
      (timed(() => {
        for (let i = 0; i < LOOKUPS; i++) patterns.find(`http://host-${i % 100}.example:8787/api/things?id=1`)
      }) *
        1000) /
      LOOKUPS,
  },
}

function timed(work: () => unknown): number {
  const startMs = performance.now()
  work()
  return performance.now() - startMs
}

export const storeSuite: Suite = async ({ quick }) => {
  const measurements: Measurement[] = []
  using few = fill(100)
  using many = fill(10_000)
  const filled = { 100: few, 10000: many } as const
  let round = 0
  for (const [name, { run, unit }] of Object.entries(ACTIONS)) {
    const samples = await inRounds(['100', '10000'] as const, {
      rounds: quick ? 5 : 20,
      measure: (count) => run(filled[count], (round += 1)),
    })
    measurements.push(
      measurement(`store/${name}-of-100`, samples['100'], { unit }),
      measurement(`store/${name}-of-10000`, samples['10000'], {
        unit,
        ratios: [{ baseline: `store/${name}-of-100`, ratio: medianRatio(samples['10000'], samples['100']) }],
      }),
    )
  }
  return measurements
}
