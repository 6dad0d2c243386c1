// What a person reads: one line for each attack as it is over, and at the end the bars.
import { ATTACK_CLASSES } from '../attack.ts'
import type { Measurement } from './run-attack.ts'
import { BARS, runawayBarMs, type Verdict } from './judge.ts'

export interface Result {
  readonly measurement: Measurement
  readonly verdict: Verdict
}

const WIDTHS = [52, 22, 9, 11, 10, 12, 9] as const
const HEADINGS = ['attack', 'ended as', 'ms', 'host', 'back ms', 'victim p99', 'lost'] as const

export function heading({ tier, quietP99Ms, count }: { tier: string; quietP99Ms: number; count: number }): string {
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

function row(cells: readonly string[]): string {
  const padded = cells.map((cell, i) => (i < 2 ? cell.padEnd(WIDTHS[i] ?? 0) : cell.padStart(WIDTHS[i] ?? 0)))
  return padded.join(' ').trimEnd()
}

export function summary(results: readonly Result[]): string {
  const contained = results.filter(({ verdict }) => verdict.escaped.length === 0)
  const died = results.filter(({ measurement }) => measurement.deaths.length > 0)
  const misblamed = results.filter(({ verdict }) => verdict.misblamed.length > 0)
  const lost = results.reduce((sum, { measurement }) => sum + measurement.victim.lost, 0)
  const slowest = (kind: 'interruptible' | 'uninterruptible'): string => {
    // Against its own bar: limits differ.
    const shares = results
      .filter(({ measurement }) => measurement.attack.runaway === kind)
      .map(({ measurement }) => ({
        measurement,
        share: measurement.containedMs / (runawayBarMs(measurement.attack) ?? 1),
      }))
      .toSorted((a, b) => b.share - a.share)
    const [worst] = shares
    const within = shares.filter(({ measurement }) => !isOver(measurement)).length
    if (worst === undefined) return 'none ran'
    const { attack, containedMs } = worst.measurement
    return `${within} of ${shares.length}; slowest ${containedMs.toFixed(0)} ms (${attack.name})`
  }
  const p99s = results.map(({ measurement }) => measurement.victim.p99Ms / measurement.quietP99Ms)
  const backs = died.map(({ measurement }) => measurement.backMs ?? Infinity)
  const classes = Object.keys(ATTACK_CLASSES).map((name) => {
    const all = results.filter(({ measurement }) => measurement.attack.class === name)
    const held = all.filter(({ verdict }) => verdict.escaped.length === 0)
    return all.length === 0 ? undefined : `  ${name.padEnd(18)}${held.length} of ${all.length}`
  })
  return [
    '',
    `contained            ${contained.length} of ${results.length} (bar: all)`,
    ...classes.filter((text) => text !== undefined),
    `hosts that died      ${died.length}; wrong blame in ${misblamed.length} attacks (bar: none)`,
    `interruptible        ≤ ${BARS.interruptibleFactor} × its CPU limit + ${BARS.slackMs} ms: ${slowest('interruptible')}`,
    `uninterruptible      ≤ ${BARS.uninterruptibleMs} + ${BARS.slackMs} ms: ${slowest('uninterruptible')}`,
    `victim               ${lost} requests lost; p99 at worst ${Math.max(...p99s).toFixed(1)} × quiet (bar on probation: 0, ${BARS.victimP99Factor} ×)`,
    `host back            at worst after ${Math.max(0, ...backs).toFixed(0)} ms (bar: ${BARS.backMs} ms)`,
    '',
  ].join('\n')
}

function isOver({ attack, containedMs }: Measurement): boolean {
  return containedMs > (runawayBarMs(attack) ?? Infinity) + BARS.slackMs
}
