// `npm run escapes [-- --tier main] [--only <pattern>] [--json <file>]`: every attack against the real server.
// Exits with 1 when one was not contained, or the wrong one was blamed.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { judge } from './runner/judge.ts'
import { loadAttacks } from './runner/load-attacks.ts'
import { heading, line, type Result, summary } from './runner/report.ts'
import { runAttack } from './runner/run-attack.ts'
import { openStage } from './runner/stage.ts'

const QUIET_MS = 3000
const HOSTS = 2

const { values } = parseArgs({
  options: {
    tier: { type: 'string', default: 'probation' },
    only: { type: 'string', default: '' },
    json: { type: 'string' },
  },
})
const { tier } = values
if (tier !== 'main' && tier !== 'probation') throw new Error(`--tier is main or probation; got ${tier}`)

const attacks = await loadAttacks(new RegExp(values.only))
const results: Result[] = []
{
  await using stage = await openStage({ tier, quietMs: QUIET_MS, hosts: HOSTS })
  process.stdout.write(heading({ tier, quietP99Ms: stage.quietP99Ms, count: attacks.length }))
  for (const attack of attacks) {
    const measurement = await runAttack(stage, attack)
    const result = { measurement, verdict: judge(measurement) }
    results.push(result)
    process.stdout.write(line(result))
  }
}
process.stdout.write(summary(results))
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, undefined, 1)}\n`)
const isHeld = results.every(({ verdict }) => verdict.escaped.length === 0 && verdict.misblamed.length === 0)
process.exitCode = isHeld ? 0 : 1
