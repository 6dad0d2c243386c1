// kill -9 of a host, whichever, every second.
import { setTimeout as delay } from 'node:timers/promises'
import type { Host } from '../../support/admin-client.ts'
import type { Report, Scenario, Wishes } from '../scenario.ts'
import type { Sample } from '../runner/load.ts'
import { kill } from '../runner/processes.ts'
import {
  deploy,
  lossesOf,
  openStage,
  ROGUE,
  ROGUE_SOURCE,
  serving,
  slowest,
  spread,
  untilTrue,
} from '../runner/stage.ts'

const MAIN_HOSTS = 2
const EVERY_MS = 1000
const BACK_WITHIN_MS = 10_000
/** What is sent to a host in the moment it dies is in flight: until its clients have seen that it has gone. */
const NOTICED_WITHIN_MS = 300

interface Kill {
  readonly atMs: number
  readonly tier: string
}

export const scenario: Scenario = {
  name: 'kill-hosts',
  title: 'kill -9 of any host every second, under load',
  async run({ seconds = 60 }: Wishes): Promise<Report> {
    await using stage = await openStage({ hosts: MAIN_HOSTS })
    const { load, server } = stage
    await deploy(server, ROGUE, ROGUE_SOURCE)
    const kills: Kill[] = []
    const backMs: number[] = []
    const problems: string[] = []
    const endMs = performance.now() + seconds * 1000
    for (let turn = 0; performance.now() < endMs; turn++) {
      const atMs = performance.now()
      const hosts = (await server.admin.hosts()).filter(({ state }) => state === 'serving' || state === 'booted')
      const target = hosts[Math.floor(Math.random() * hosts.length)]
      if (target !== undefined) {
        kill(target.pid)
        kills.push({ atMs: performance.now(), tier: target.tier ?? 'standby' })
        if (target.tier !== null) {
          const { tier } = target
          const wanted = tier === 'main' ? MAIN_HOSTS : 1
          const isBack = async (): Promise<boolean> => {
            const present = serving(await server.admin.hosts(), tier)
            return present.length >= wanted && present.every(({ pid }) => pid !== target.pid)
          }
          const back = await untilTrue(isBack, BACK_WITHIN_MS)
          if (back === undefined) problems.push(`no ${tier} host came back within ${BACK_WITHIN_MS} ms`)
          else backMs.push(back)
        }
      }
      await delay(Math.max(0, atMs + EVERY_MS - performance.now()))
    }
    const isWhole = async (): Promise<boolean> => {
      const hosts = await server.admin.hosts()
      return (
        serving(hosts, 'main').length === MAIN_HOSTS && serving(hosts, 'probation').length === 1 && spares(hosts) > 0
      )
    }
    if ((await untilTrue(isWhole, BACK_WITHIN_MS)) === undefined) {
      const hosts = await server.admin.hosts()
      problems.push(`afterwards: ${hosts.map(({ state, tier }) => `${tier} ${state}`).join(', ')}`)
    }
    await load.stop()
    problems.push(...unexplained(load.losses, kills), ...repeated(load.samples, kills))
    const held = await server.admin.quarantine()
    if (held.length > 0) problems.push(`held back: ${held.map(({ worker }) => worker).join(', ')}`)
    const blamed = (await server.admin.incidents()).filter(
      ({ cause, suspects }) => cause !== 'killed' || suspects.length > 0,
    )
    if (blamed.length > 0) problems.push(`blamed: ${JSON.stringify(blamed[0])}`)
    const count = (tier: string): number => kills.filter((killed) => killed.tier === tier).length
    return {
      figures: {
        killed: `${count('main')} main, ${count('probation')} probation, ${count('standby')} standby`,
        requests: load.samples.length,
        lost: load.losses.length,
        'lost per main host killed': (load.losses.length / Math.max(1, count('main'))).toFixed(2),
        'host back': spread(backMs),
        'slowest answer': `${slowest(load.samples)} ms`,
      },
      problems,
    }
  },
}

function spares(hosts: readonly Host[]): number {
  return hosts.filter(({ state }) => state === 'booted').length
}

function coveredBy({ endedMs, startedMs }: Pick<Sample, 'startedMs' | 'endedMs'>, kills: readonly Kill[]): Kill[] {
  return kills.filter(({ atMs, tier }) => tier === 'main' && atMs <= endedMs && startedMs <= atMs + NOTICED_WITHIN_MS)
}

/** Lost, and no host it could have been on had been killed. */
function unexplained(losses: readonly Sample[], kills: readonly Kill[]): string[] {
  return lossesOf(losses.filter((sample) => coveredBy(sample, kills).length === 0)).map(
    (text) => `without a kill: ${text}`,
  )
}

/** Two in a row on connections of their own, for one kill. */
function repeated(samples: readonly Sample[], kills: readonly Kill[]): string[] {
  const fresh = samples.filter(({ isFresh }) => isFresh).toSorted((a, b) => a.startedMs - b.startedMs)
  return fresh.flatMap((sample, i) => {
    const next = fresh.slice(i + 1).find(({ startedMs }) => startedMs >= sample.endedMs)
    if (sample.loss === undefined || next?.loss === undefined) return []
    const between = coveredBy({ startedMs: sample.startedMs, endedMs: next.endedMs }, kills)
    return between.length > 1 ? [] : [`two fresh connections in a row failed: ${sample.loss}; ${next.loss}`]
  })
}
