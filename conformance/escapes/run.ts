// `npm run escapes [-- --tier main] [--only <pattern>] [--json <file>]`: every attack against the real server.
// Exits with 1 when one was not contained, or the wrong one was blamed.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { judge } from './runner/judge.ts'
import { loadAttacks, type NamedAttack } from './runner/load-attacks.ts'
import { heading, line, lostLine, type Result, summary, toJson } from './runner/report.ts'
import { runAttack } from './runner/run-attack.ts'
import { openStage, type Stage, type Tier } from './runner/stage.ts'

const QUIET_MS = 3000
const HOSTS = 2

interface Run {
  readonly results: Result[]
  /** Attacks that took the whole server along: nothing could be measured. */
  readonly fatal: NamedAttack[]
}

async function runAll(attacks: readonly NamedAttack[], tier: Tier): Promise<Run> {
  const run: Run = { results: [], fatal: [] }
  let stage: Stage | undefined
  for (const attack of attacks) {
    if (stage === undefined) {
      stage = await openStage({ tier, quietMs: QUIET_MS, hosts: HOSTS })
      if (attack === attacks[0]) process.stdout.write(heading(stage, attacks.length))
    }
    try {
      const measurement = await runAttack(stage, attack)
      const result = { measurement, verdict: judge(measurement) }
      run.results.push(result)
      process.stdout.write(line(result))
    } catch (error) {
      run.fatal.push(attack)
      process.stdout.write(lostLine(attack, error))
      await stage[Symbol.asyncDispose]()
      stage = undefined
    }
  }
  await stage?.[Symbol.asyncDispose]()
  return run
}

const { values } = parseArgs({
  options: {
    tier: { type: 'string', default: 'probation' },
    only: { type: 'string', default: '' },
    json: { type: 'string' },
  },
})
const { tier } = values
if (tier !== 'main' && tier !== 'probation') throw new Error(`--tier is main or probation; got ${tier}`)

const { results, fatal } = await runAll(await loadAttacks(new RegExp(values.only)), tier)
process.stdout.write(summary(results, fatal))
if (values.json !== undefined) writeFileSync(values.json, toJson(results, fatal))
const isHeld = results.every(({ verdict }) => verdict.escaped.length === 0 && verdict.misblamed.length === 0)
process.exitCode = isHeld && fatal.length === 0 ? 0 : 1
