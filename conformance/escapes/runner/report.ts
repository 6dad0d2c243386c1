// What a person reads: one line for each attack as it is over, and at the end the bars.
import { ATTACK_CLASSES } from '../attack.ts'
import type { Measurement } from './run-attack.ts'
import type { NamedAttack } from './load-attacks.ts'
import type { Stage } from './stage.ts'
import { BARS, runawayBarMs, type Verdict } from './judge.ts'

export interface Result {
  readonly measurement: Measurement
  readonly verdict: Verdict
}

const WIDTHS = [52, 22, 9, 11, 10, 12, 9] as const
const HEADINGS = ['attack', 'ended as', 'ms', 'host', 'back ms', 'victim p99', 'lost'] as const

export function heading({ tier, quietP99Ms }: Pick<Stage, 'tier' | 'quietP99Ms'>, count: number): string {
  return `${count} attacks, tier ${tier}; the victim's quiet p99 is ${quietP99Ms.toFixed(1)} ms\n\n${row(HEADINGS)}\n`
}

export function line({ measurement, verdict }: Result): string {
  const { attack, endings, containedMs, deaths, backMs, victim } = measurement
  const cells = [
    attack.name,
    endings.join(' '),
    containedMs.toFixed(0),
    deaths[0]?.cause ?? '',
    deaths.length === 0 ? '' : (backMs?.toFixed(0) ?? 'never'),
    victim.p99Ms.toFixed(1),
    String(victim.lost),
  ]
  const remarks = [
    ...verdict.escaped.map((reason) => `    ESCAPED  ${reason}`),
    ...verdict.misblamed.map((reason) => `    BLAME    ${reason}`),
    ...verdict.missedBars.map((reason) => `    bar      ${reason}`),
  ]
  return `${[row(cells), ...remarks].join('\n')}\n`
}

/** For an attack after which the server could not even be asked. */
export function lostLine({ name }: NamedAttack, error: unknown): string {
  return `${row([name])}\n    ESCAPED  the server itself did not survive: ${String(error)}\n`
}

function row(cells: readonly string[]): string {
  const padded = cells.map((cell, i) => (i < 2 ? cell.padEnd(WIDTHS[i] ?? 0) : cell.padStart(WIDTHS[i] ?? 0)))
  return padded.join(' ').trimEnd()
}

export function summary(results: readonly Result[], fatal: readonly NamedAttack[]): string {
  const { interruptibleFactor, uninterruptibleMs, slackMs, victimP99Factor, backMs } = BARS
  const measurements = results.map(({ measurement }) => measurement)
  const died = measurements.filter(({ deaths }) => deaths.length > 0)
  const misblamed = results.filter(({ verdict }) => verdict.misblamed.length > 0)
  const lost = measurements.reduce((sum, { victim }) => sum + victim.lost, 0)
  const worstP99 = Math.max(...measurements.map(({ victim, quietP99Ms }) => victim.p99Ms / quietP99Ms))
  const slowestBackMs = Math.max(0, ...died.map((measurement) => measurement.backMs ?? Infinity))
  return [
    '',
    `contained            ${results.filter(isContained).length} of ${results.length + fatal.length} (bar: all)`,
    ...Object.keys(ATTACK_CLASSES).flatMap((name) => classLine(results, name)),
    `hosts that died      in ${died.length} attacks; wrong blame in ${misblamed.length} (bar: none)`,
    `interruptible        ≤ ${interruptibleFactor} × its CPU limit + ${slackMs} ms: ${timing(measurements, 'interruptible')}`,
    `uninterruptible      ≤ ${uninterruptibleMs} + ${slackMs} ms: ${timing(measurements, 'uninterruptible')}`,
    `victim               ${lost} requests lost (bar on probation: 0; in main at most ${BARS.lostInMain} a death)`,
    `victim p99           at worst ${worstP99.toFixed(1)} × quiet (bar on probation: ${victimP99Factor} ×)`,
    `host back            at worst after ${slowestBackMs.toFixed(0)} ms (bar: ${backMs} ms)`,
    '',
  ].join('\n')
}

function isContained({ verdict }: Result): boolean {
  return verdict.escaped.length === 0
}

function classLine(results: readonly Result[], name: string): string[] {
  const ofClass = results.filter(({ measurement }) => measurement.attack.class === name)
  if (ofClass.length === 0) return []
  return [`  ${name.padEnd(18)} ${ofClass.filter(isContained).length} of ${ofClass.length}`]
}

/** How many kept to their bar, and the one that was slowest against its own: limits differ. */
function timing(measurements: readonly Measurement[], kind: 'interruptible' | 'uninterruptible'): string {
  const timed = measurements
    .filter(({ attack }) => attack.runaway === kind)
    .map(({ attack, containedMs }) => ({ attack, containedMs, barMs: runawayBarMs(attack) ?? Infinity }))
    .toSorted((a, b) => b.containedMs / b.barMs - a.containedMs / a.barMs)
  const [slowest] = timed
  if (slowest === undefined) return 'none ran'
  const within = timed.filter(({ containedMs, barMs }) => containedMs <= barMs + BARS.slackMs).length
  return `${within} of ${timed.length}; slowest ${slowest.containedMs.toFixed(0)} ms (${slowest.attack.name})`
}

/** All that was measured. Attacks go by their names: what they send can be large, or too deep for JSON. */
export function toJson(results: readonly Result[], fatal: readonly NamedAttack[]): string {
  const records = results.map(({ measurement, verdict }) => {
    const { attack, ...measured } = measurement
    return { name: attack.name, title: attack.title, ...measured, ...verdict }
  })
  return `${JSON.stringify({ results: records, fatal: fatal.map(({ name }) => name) }, undefined, 1)}\n`
}
