// kill -9 of the supervisor, a hundred times, in the middle of deploys and of writes to KV: each time the databases are whole,
// every acknowledged version answers or is kept, and every acknowledged key is there.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import type { Report, Scenario, Wishes } from '../scenario.ts'
import { kill } from '../runner/processes.ts'
import { askWorker, deploy, untilTrue } from '../runner/stage.ts'
import { type Server, startServer } from '../../support/server.ts'

const KILLS = 100
const QUICK_KILLS = 10
/** Until the kill, at most: some are in the midst of the first deploy, some after dozens. */
const LONGEST_MS = 400
const KV = { tenant: 'default', worker: 'keeper' }
const KV_SOURCE = `export default { async fetch(request, { KV }) {
  const key = new URL(request.url).searchParams.get('key')
  if (new URL(request.url).pathname === '/put') await KV.put(key, key)
  return new Response(await KV.get(key) ?? 'none')
} }`
const KV_BINDINGS = { bindings: { KV: { type: 'kv', namespace: 'main' } } }
const APP = { tenant: 'default', worker: 'app' }
const BACK_WITHIN_MS = 20_000

interface Acknowledged {
  /** The number in the latest version that was, and in the latest that was begun. */
  deployed: number
  begun: number
  readonly keys: string[]
}

export const scenario: Scenario = {
  name: 'kill-supervisor-during-deploys',
  title: 'kill -9 of the supervisor in the midst of deploys and KV writes',
  async run({ quick }: Wishes): Promise<Report> {
    const data = mkdtempSync(join(tmpdir(), 'isopod-chaos-data-'))
    const problems: string[] = []
    const acknowledged: Acknowledged = { deployed: 0, begun: 0, keys: [] }
    const kills = quick ? QUICK_KILLS : KILLS
    const open = (): Promise<Server> => startServer({ hosts: 1, args: ['--data', data] })
    let server = await open()
    try {
      await deploy(server, KV, KV_SOURCE, KV_BINDINGS)
      for (let round = 1; round <= kills && problems.length === 0; round++) {
        const ending = new AbortController()
        const working = Promise.all([
          deployOn(server, acknowledged, ending.signal),
          writeOn(server, { acknowledged, round, signal: ending.signal }),
        ])
        await delay((round * 37) % LONGEST_MS)
        kill(server.pid)
        ending.abort()
        await working
        await server[Symbol.asyncDispose]()
        for (const name of ['isopod.db', 'kv.db'])
          problems.push(...damageOf(join(data, name)).map((text) => `${name}: ${text}`))
        server = await open()
        problems.push(...(await lossesOf(server, acknowledged)).map((text) => `after kill ${round}: ${text}`))
      }
    } finally {
      await server[Symbol.asyncDispose]()
      rmSync(data, { recursive: true, force: true })
    }
    return {
      figures: { kills, 'deploys acknowledged': acknowledged.deployed, 'keys acknowledged': acknowledged.keys.length },
      problems,
    }
  },
}

async function deployOn(server: Server, acknowledged: Acknowledged, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    acknowledged.begun += 1
    const number = acknowledged.begun
    const source = `export default { fetch: () => new Response('${number}') }`
    try {
      await deploy(server, APP, source, { id: `deploy-${number}` })
      acknowledged.deployed = number
    } catch {
      // Not acknowledged: it may be there or not.
    }
  }
}

async function writeOn(
  server: Server,
  {
    acknowledged,
    round,
    signal,
  }: { readonly acknowledged: Acknowledged; readonly round: number; readonly signal: AbortSignal },
): Promise<void> {
  for (let i = 0; !signal.aborted; i++) {
    const key = `${round}-${i}`
    const answer = await askWorker(server, KV, `/put?key=${key}`).catch(() => undefined)
    if (answer?.status === 200 && answer.text === key) acknowledged.keys.push(key)
  }
}

/** Whoever still has it open is on its way out. */
function damageOf(path: string): string[] {
  const database = new DatabaseSync(path, { timeout: 10_000 })
  try {
    return database
      .prepare('PRAGMA integrity_check')
      .all()
      .map((row) => String(row['integrity_check']))
      .filter((text) => text !== 'ok')
  } finally {
    database.close()
  }
}

async function lossesOf(server: Server, { begun, deployed, keys }: Acknowledged): Promise<string[]> {
  const losses: string[] = []
  const isBack = await untilTrue(
    async () => (await askWorker(server, KV, '/get?key=none')).status === 200,
    BACK_WITHIN_MS,
  )
  if (isBack === undefined) losses.push('it does not serve')
  if (deployed > 0) {
    // What was begun after the last that was acknowledged may answer, whole.
    const { text } = await askWorker(server, APP)
    if (Number(text) < deployed || Number(text) > begun) losses.push(`${text} answers; ${deployed} was acknowledged`)
  }
  for (const key of keys.slice(-20)) {
    const { text } = await askWorker(server, KV, `/get?key=${key}`)
    if (text !== key) losses.push(`the key ${key} is ${text}`)
  }
  return losses
}
