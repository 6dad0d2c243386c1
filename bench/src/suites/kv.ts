// What a KV call costs beyond the guest: a host's client, its socket, control's end, and the threads with the file, on the
// disk that holds the folder for temporary files. Both ends share this process, so their CPU is one core's. A write waits
// for the disk; 64 at once share that wait.
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serveKv } from '../../../src/control/kv/kv-links.ts'
import { ThreadedKvStore } from '../../../src/control/kv/threaded-kv-store.ts'
import { CachedKvStore } from '../../../src/host/kv/cached-kv-store.ts'
import { KvClient } from '../../../src/host/kv/kv-client.ts'
import { closedLoop } from '../closed-loop.ts'
import { type Measurement, measurement } from '../result.ts'
import { inRounds, medianRatio } from '../rounds.ts'
import type { Suite } from '../suite.ts'

const NAMES = ['read-cached', 'read', 'read-at-64', 'write', 'write-at-64'] as const
type Name = (typeof NAMES)[number]

const SCOPE = { tenant: 'bench', namespace: 'bench', version: 1 }
const VALUE_BYTES = 1024
const KEYS = 1000
/** Calls of one round, and how many of them are under way at once. */
const LOADS: Readonly<Record<Name, { readonly calls: number; readonly callers: number }>> = {
  'read-cached': { calls: 5000, callers: 1 },
  read: { calls: 500, callers: 1 },
  'read-at-64': { calls: 5000, callers: 64 },
  write: { calls: 50, callers: 1 },
  'write-at-64': { calls: 2000, callers: 64 },
}

export const kv: Suite = async ({ quick }) => {
  await using opened = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'isopod-bench-kv-'))
  opened.defer(() => rm(folder, { recursive: true, force: true }))
  const store = opened.use(new ThreadedKvStore({ path: join(folder, 'kv.db'), quotaBytes: 1024 * 1024 * 1024 }))
  const server = createServer()
  serveKv(server, { store, isHost: () => true, scopeOf: () => SCOPE })
  await once(server.listen(join(folder, 'kv.sock')), 'listening')
  opened.defer(() => void server.close())
  const client = opened.use(new KvClient(join(folder, 'kv.sock'), 'bench'))
  const cached = new CachedKvStore(client)
  const write = (index: number): Promise<void> =>
    client.put(SCOPE, { key: `key-${index % KEYS}`, parts: [new Uint8Array(VALUE_BYTES)] })
  const read = (index: number): Promise<unknown> => client.get(SCOPE, `key-${index % KEYS}`)
  const calls: Readonly<Record<Name, (index: number) => Promise<unknown>>> = {
    'read-cached': () => cached.get(SCOPE, 'key-0'),
    read,
    'read-at-64': read,
    write,
    'write-at-64': write,
  }
  await closedLoop({ calls: KEYS, callers: 64, call: write })
  const samples = await inRounds(NAMES, {
    rounds: quick ? 5 : 15,
    measure: async (name) => 1_000_000 / (await closedLoop({ ...LOADS[name], call: calls[name] })).perSecond,
  })
  const baselines: Readonly<Partial<Record<Name, Name>>> = { read: 'read-cached', 'write-at-64': 'write' }
  return NAMES.map((name): Measurement => {
    const baseline = baselines[name]
    const ratios = baseline === undefined ? [] : [{ baseline, ratio: medianRatio(samples[name], samples[baseline]) }]
    return measurement(`kv/${name}`, samples[name], { unit: 'µs per call', ratios })
  })
}
