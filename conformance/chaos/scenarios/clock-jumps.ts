// The machine's clock is set, forward and back. Nothing that is measured in time may depend on it.
import { spawnSync } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { type Report, type Scenario, skip, type Wishes } from '../scenario.ts'
import { askWorker, deploy, lossesOf, openStage, ROGUE, ROGUE_SOURCE, untilTrue } from '../runner/stage.ts'

const HOUR_MS = 3_600_000
const JUMPS_MS = [2 * HOUR_MS, -4 * HOUR_MS, 2 * HOUR_MS]
const STAY_MS = 1000
const WITHIN_MS = 10_000
/** A first strike holds a worker back for ten seconds: all jumps are over by then. */
const NEWCOMER = { tenant: 'newcomer', worker: 'shop' }

export const scenario: Scenario = {
  name: 'clock-jumps',
  title: 'the clock is set two hours forward and two hours back',
  async run({ withClock }: Wishes): Promise<Report> {
    if (!withClock) return skip('it sets the clock of the whole machine; ask for it with --with-clock')
    if (process.getuid?.() !== 0) return skip('only root can set the clock')
    const args = ['--probation-tasks', '1', '--probation-ms', String(HOUR_MS)]
    await using stage = await openStage({ hosts: 1, args })
    const { load, server } = stage
    const problems: string[] = []
    await deploy(server, NEWCOMER, `export default { fetch: () => new Response('new') }`)
    await askWorker(server, NEWCOMER)
    await deploy(server, ROGUE, ROGUE_SOURCE)
    await askWorker(server, ROGUE, '/stuck')
    const isHeld = async (): Promise<boolean> => (await server.admin.quarantine()).length === 1
    if ((await untilTrue(isHeld, WITHIN_MS)) === undefined) problems.push('nobody was held back')
    const startMs = Date.now()
    const startMonotonicMs = performance.now()
    const realMs = (): number => startMs + performance.now() - startMonotonicMs
    let offsetMs = 0
    try {
      for (const jumpMs of JUMPS_MS) {
        offsetMs += jumpMs
        if (!setClock(realMs() + offsetMs)) return skip('the clock cannot be set here')
        await delay(STAY_MS)
        const held = await askWorker(server, ROGUE)
        if (!held.text.includes('QUARANTINED')) problems.push(`held back no longer after a jump: ${held.text}`)
        const tenants = await server.admin.tenants()
        if (tenants.find(({ tenant }) => tenant === NEWCOMER.tenant)?.tier !== 'probation')
          problems.push('promoted early')
      }
    } finally {
      setClock(realMs())
    }
    const liftedMs = await untilTrue(async () => (await askWorker(server, ROGUE)).status === 200, 2 * WITHIN_MS)
    if (liftedMs === undefined) problems.push('it is held back for ever')
    await load.stop()
    problems.push(...lossesOf(load.samples))
    return { figures: { jumps: JUMPS_MS.length, requests: load.samples.length, lost: load.losses.length }, problems }
  },
}

function setClock(ms: number): boolean {
  return spawnSync('date', ['--set', `@${(ms / 1000).toFixed(3)}`]).status === 0
}
