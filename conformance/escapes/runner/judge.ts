// What a measurement means: was the attack contained, was the right one blamed, and which bars were missed. The first two
// fail a run. The bars are about time and others' losses on a machine that may be busy: they are reported.
import { DEFAULT_LIMITS } from '../../../src/limits.ts'
import type { WorkerAddress } from '../../support/admin-client.ts'
import type { Measurement } from './run-attack.ts'

/** The bars, and what a measurement from outside adds to each. */
export const BARS = {
  /** Of the CPU limit of the attack. */
  interruptibleFactor: 2,
  uninterruptibleMs: 1000,
  /** Connecting, polling for incidents, and timers of a busy machine. */
  slackMs: 100,
  victimP99Factor: 2,
  /** A p99 of some tenths of a millisecond is doubled by anything. */
  victimSlackMs: 5,
  /** In tier main, once: what one host had in hand, of the victim's four connections. */
  lostInMain: 4,
  backMs: 500,
} as const

export interface Verdict {
  /** Reasons why it was not contained; none where it was. */
  readonly escaped: readonly string[]
  /** Reasons why the blame was wrong. */
  readonly misblamed: readonly string[]
  readonly missedBars: readonly string[]
}

export function judge(measurement: Measurement): Verdict {
  return {
    escaped: [...escapes(measurement)],
    misblamed: [...misblames(measurement)],
    missedBars: [...missedBars(measurement)],
  }
}

function* escapes({ attack, endings, refusal, deaths, neighbour, problem, victim }: Measurement): Generator<string> {
  const { expect } = attack
  const unexpected = endings.filter((ending) => !expect.endings.includes(ending))
  if (unexpected.length > 0) {
    const why = refusal === undefined ? '' : ` (${refusal.code}: ${refusal.message})`
    yield `ended as ${unexpected.join(', ')}${why}; expected ${expect.endings.join(', ')}`
  }
  if (refusal?.code === 'NO_ANSWER') yield `the deploy was not answered: ${refusal.message}`
  if (expect.host === 'survives' && deaths.length > 0) yield `a host died: ${deaths[0]?.cause}`
  if (expect.host === 'dies' && deaths.length === 0) yield 'no host died, as was expected'
  if (neighbour !== undefined) yield `the neighbour does not answer as before: ${neighbour}`
  if (victim.requests === 0) yield 'the victim was not served at all'
  if (problem !== undefined) yield problem
}

function* misblames({ deaths, tier, address, quarantined, refusal }: Measurement): Generator<string> {
  const own = quarantined.filter((worker) => isSame(worker, address))
  const innocent = quarantined.filter((worker) => !isSame(worker, address))
  if (innocent.length > 0) yield `innocent and quarantined: ${innocent.map(text).join(', ')}`
  for (const { culprit, suspects, cause } of deaths) {
    // An instant abort on a main host has suspects only.
    const isNamed = culprit !== null && isSame(culprit, address)
    const isSuspect = tier === 'main' && culprit === null && suspects.some((suspect) => isSame(suspect, address))
    if (!isNamed && !isSuspect) {
      const blamed = culprit === null ? `nobody, ${suspects.length} suspects` : text(culprit)
      yield `blamed for the death of a host (${cause}): ${blamed}`
    }
    // A version that was refused cannot come back.
    if (isNamed && own.length === 0 && refusal === undefined) yield 'the culprit is not quarantined'
  }
}

function* missedBars({
  attack,
  tier,
  containedMs,
  victim,
  quietP99Ms,
  deaths,
  backMs,
}: Measurement): Generator<string> {
  const limitMs = runawayBarMs(attack)
  if (limitMs !== undefined && containedMs > limitMs + BARS.slackMs)
    yield `ran for ${ms(containedMs)}, bar ${ms(limitMs)}`
  const mayLose = tier === 'main' && deaths.length > 0 ? BARS.lostInMain : 0
  if (victim.lost > mayLose) yield `the victim lost ${victim.lost}: ${victim.losses[0]}`
  const p99Bar = Math.max(quietP99Ms * BARS.victimP99Factor, quietP99Ms + BARS.victimSlackMs)
  if (tier === 'probation' && victim.p99Ms > p99Bar) yield `victim p99 ${ms(victim.p99Ms)}, quiet ${ms(quietP99Ms)}`
  if (deaths.length > 1) yield `${deaths.length} hosts died`
  if (deaths.length > 0 && (backMs === undefined || backMs > BARS.backMs)) {
    yield backMs === undefined ? 'the host did not come back' : `host back after ${ms(backMs)}`
  }
}

export function runawayBarMs({ runaway, limits, expect }: Measurement['attack']): number | undefined {
  if (runaway === undefined) return undefined
  if (runaway === 'uninterruptible') return BARS.uninterruptibleMs
  const atDeploy = expect.endings.includes('refusedDeploy')
  const cpuMs = atDeploy
    ? (limits?.startupCpuMs ?? DEFAULT_LIMITS.startupCpuMs)
    : (limits?.cpuMs ?? DEFAULT_LIMITS.cpuMs)
  return cpuMs * BARS.interruptibleFactor
}

function isSame(a: WorkerAddress, b: WorkerAddress): boolean {
  return a.tenant === b.tenant && a.worker === b.worker
}

function text({ tenant, worker }: WorkerAddress): string {
  return `${tenant}/${worker}`
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`
}
