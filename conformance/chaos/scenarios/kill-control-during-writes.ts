// kill -9 of the control process while workers write to a KV namespace, fifty times. Writes wait meanwhile; each that was
// acknowledged is there afterwards.
import { setTimeout as delay } from 'node:timers/promises'
import type { Report, Scenario, Wishes } from '../scenario.ts'
import { familyOf, kill } from '../runner/processes.ts'
import { askWorker, deploy, openStage, spread } from '../runner/stage.ts'
import type { Server } from '../../support/server.ts'

const WRITER = { tenant: 'default', worker: 'writer' }
const SOURCE = `export default { async fetch(request, { KV }) {
  const { pathname, searchParams } = new URL(request.url)
  const key = searchParams.get('key')
  if (pathname === '/put') await KV.put(key, key + 'x'.repeat(Number(searchParams.get('more'))))
  return new Response((await KV.get(key) ?? 'none').slice(0, key.length))
} }`

const KILLS = 50
const QUICK_KILLS = 10
const WRITERS = 8
/** Now in a row of the file, now in parts beside it. */
const SIZES = [0, 1_000, 60_000, 400_000]
/** So many acknowledgements lie between two kills. */
const WRITES_BETWEEN = 20
const BACK_WITHIN_MS = 20_000

export const scenario: Scenario = {
  name: 'kill-control-during-writes',
  title: 'kill -9 of control while workers write to KV',
  async run({ quick }: Wishes): Promise<Report> {
    await using stage = await openStage({ hosts: 2 })
    const { server } = stage
    await deploy(server, WRITER, SOURCE, { bindings: { KV: { type: 'kv', namespace: 'main' } } })
    const acknowledged: string[] = []
    const problems: string[] = []
    const state = { isOver: false }
    const write = async (writer: number): Promise<void> => {
      for (let i = 0; !state.isOver; i++) {
        const key = `${writer}-${i}`
        const { status, text } = await askWorker(server, WRITER, `/put?key=${key}&more=${SIZES[i % SIZES.length]}`)
        if (status === 200 && text === key) acknowledged.push(key)
        else problems.push(`${key} was refused: ${status} ${text}`)
      }
    }
    const writing = Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)))
    const pausesMs: number[] = []
    for (let kills = 0; kills < (quick ? QUICK_KILLS : KILLS); kills++) {
      const controls = controlsOf(server)
      for (const control of controls) kill(control)
      const pauseMs = await writesGoOn(acknowledged)
      if (pauseMs === undefined) {
        problems.push(`writes did not go on within ${BACK_WITHIN_MS} ms`)
        break
      }
      if (controls.length > 0) pausesMs.push(pauseMs)
    }
    state.isOver = true
    await writing
    let missing = 0
    for (const key of acknowledged) {
      const { text } = await askWorker(server, WRITER, `/get?key=${key}`)
      if (text !== key) missing += 1
    }
    if (missing > 0) problems.push(`${missing} acknowledged writes are missing`)
    return {
      figures: { kills: pausesMs.length, acknowledged: acknowledged.length, missing, 'writes go on': spread(pausesMs) },
      problems,
    }
  },
}

/** How long it took until there were some more, in milliseconds. */
async function writesGoOn(acknowledged: readonly string[]): Promise<number | undefined> {
  const before = acknowledged.length
  const startMs = performance.now()
  while (performance.now() - startMs < BACK_WITHIN_MS) {
    if (acknowledged.length >= before + WRITES_BETWEEN) return performance.now() - startMs
    await delay(5)
  }
  return undefined
}

function controlsOf({ pid }: Server): number[] {
  return familyOf(pid)
    .filter(({ commandLine }) => commandLine.endsWith('/control.js'))
    .map((process) => process.pid)
}
