// kill -9 of the control process, again and again. What is known is served; what was written is there afterwards.
import { setTimeout as delay } from 'node:timers/promises'
import type { Report, Scenario, Wishes } from '../scenario.ts'
import { familyOf, kill } from '../runner/processes.ts'
import { askWorker, deploy, lossesOf, openStage, ROGUE, ROGUE_SOURCE, spread, untilTrue } from '../runner/stage.ts'
import type { Server } from '../../support/server.ts'

const EVERY_MS = 2000
const BACK_WITHIN_MS = 15_000

export const scenario: Scenario = {
  name: 'kill-control',
  title: 'kill -9 of control every two seconds, under load',
  async run({ seconds = 20 }: Wishes): Promise<Report> {
    await using stage = await openStage({ hosts: 2 })
    const { load, server } = stage
    const problems: string[] = []
    await server.admin.vouch('vip')
    await deploy(server, { tenant: 'vip', worker: 'shop' }, `export default { fetch: () => new Response('vip') }`)
    // Twice: the second strike holds it back for a minute.
    for (const strike of [1, 2]) {
      await deploy(server, ROGUE, `${ROGUE_SOURCE}\n// ${strike}`)
      await askWorker(server, ROGUE, '/stuck')
      const isHeld = async (): Promise<boolean> => (await server.admin.quarantine())[0]?.strikes === strike
      if ((await untilTrue(isHeld, BACK_WITHIN_MS)) === undefined) problems.push(`strike ${strike} was not counted`)
    }
    const before = await stateOf(server)
    const sinceMs = performance.now()
    const backMs: number[] = []
    const endMs = sinceMs + seconds * 1000
    while (performance.now() < endMs) {
      const atMs = performance.now()
      const [control] = controlsOf(server)
      if (control !== undefined) {
        kill(control)
        const back = await untilTrue(async () => (await server.admin.hosts()).length > 0, BACK_WITHIN_MS)
        if (back === undefined) problems.push(`control was not back within ${BACK_WITHIN_MS} ms`)
        else backMs.push(back)
      }
      await delay(Math.max(0, atMs + EVERY_MS - performance.now()))
    }
    await untilTrue(async () => (await server.admin.hosts()).length > 0, BACK_WITHIN_MS)
    const after = await stateOf(server)
    if (after !== before) problems.push(`the state was ${before} and is ${after}`)
    if ((await askWorker(server, ROGUE)).status !== 503) problems.push('who was held back answers again')
    const fresh = { tenant: 'vip', worker: 'fresh' }
    await deploy(server, fresh, `export default { fetch: () => new Response('fresh') }`, { start: 'on-demand' })
    for (let i = 0; i < 20; i++) {
      const { status, text } = await askWorker(server, fresh)
      if (status !== 200) problems.push(`after a deploy that was acknowledged: ${status} ${text}`)
    }
    await load.stop()
    const known = load.samples.filter(({ startedMs }) => startedMs >= sinceMs)
    problems.push(...lossesOf(known))
    if (controlsOf(server).length !== 1) problems.push(`${controlsOf(server).length} control processes run`)
    return {
      figures: {
        kills: backMs.length,
        requests: known.length,
        lost: lossesOf(known).length,
        'control back': spread(backMs),
      },
      problems,
    }
  },
}

/** Children of the supervisor that are no hosts: hosts have the engine's flags. */
function controlsOf(server: Server): number[] {
  return familyOf(server.pid)
    .filter(({ commandLine }) => commandLine.endsWith('/control.js'))
    .map(({ pid }) => pid)
}

async function stateOf({ admin }: Server): Promise<string> {
  const workers = (await admin.workers()).map(({ tenant, version, worker }) => `${tenant}/${worker} ${version}`)
  const tenants = (await admin.tenants()).map(({ tenant, tier, vouched }) => `${tenant} ${tier} ${vouched}`)
  const held = (await admin.quarantine()).map(({ reason, strikes, worker }) => `${worker} ${strikes} ${reason}`)
  return JSON.stringify([workers, tenants, held].map((list) => list.toSorted()))
}
