// `npm run chaos [-- --only <name>] [--seconds N] [--quick] [--with-clock] [--json <file>]`: what may happen to a server,
// done to a real one under load. Exits with 1 when something was lost that should not have been.
import { writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import type { Report, Scenario } from './scenario.ts'
import { scenario as clockJumps } from './scenarios/clock-jumps.ts'
import { scenario as descriptors } from './scenarios/descriptors.ts'
import { scenario as drain } from './scenarios/drain.ts'
import { scenario as fullDisk } from './scenarios/full-disk.ts'
import { scenario as hotSwap } from './scenarios/hot-swap.ts'
import { scenario as killControl } from './scenarios/kill-control.ts'
import { scenario as killControlDuringWrites } from './scenarios/kill-control-during-writes.ts'
import { scenario as killHosts } from './scenarios/kill-hosts.ts'
import { scenario as killSupervisor } from './scenarios/kill-supervisor.ts'
import { scenario as killSupervisorDuringDeploys } from './scenarios/kill-supervisor-during-deploys.ts'
import { scenario as memoryPressure } from './scenarios/memory-pressure.ts'
import { scenario as reload } from './scenarios/reload.ts'

const SCENARIOS: readonly Scenario[] = [
  killHosts,
  killControl,
  killControlDuringWrites,
  killSupervisor,
  killSupervisorDuringDeploys,
  fullDisk,
  descriptors,
  clockJumps,
  hotSwap,
  reload,
  memoryPressure,
  drain,
]

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seconds: { type: 'string' },
    quick: { type: 'boolean', default: false },
    'with-clock': { type: 'boolean', default: false },
    json: { type: 'string' },
  },
})
const wishes = {
  seconds: values.seconds === undefined ? undefined : Number(values.seconds),
  quick: values.quick,
  withClock: values['with-clock'],
}
const chosen = SCENARIOS.filter(({ name }) => values.only === undefined || name === values.only)
if (chosen.length === 0) throw new Error(`--only is one of ${SCENARIOS.map(({ name }) => name).join(', ')}`)

interface Result extends Report {
  readonly name: string
  readonly tookMs: number
  /** Of the machine, over a minute, at the end. */
  readonly load: number
}

const results: Result[] = []
for (const { name, run, title } of chosen) {
  process.stdout.write(`${name}: ${title}\n`)
  const startMs = performance.now()
  const report = await run(wishes).catch((error: unknown): Report => ({
    figures: {},
    problems: [`the scenario itself failed: ${textOf(error)}`],
  }))
  const result = { name, ...report, tookMs: Math.round(performance.now() - startMs), load: loadavg()[0] ?? 0 }
  results.push(result)
  process.stdout.write(lines(result))
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, undefined, 1)}\n`)
process.exitCode = results.every(({ problems }) => problems.length === 0) ? 0 : 1

function lines({ figures, load, problems, skipped, tookMs }: Result): string {
  const verdict = skipped === undefined ? (problems.length === 0 ? 'pass' : 'FAIL') : `SKIPPED: ${skipped}`
  const told = Object.entries(figures).map(([name, value]) => `${name} ${value}`)
  const end = `${Math.round(tookMs / 1000)} s, load ${load.toFixed(1)}`
  return `  ${[verdict, ...told, end].join('; ')}\n${problems.map((problem) => `    ${problem}\n`).join('')}`
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
