// `npm run bench -- [suite…] [--quick] [--json]`: runs suites one after another and keeps one JSON line per result.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ENGINE_FLAGS } from '../../src/isolate/engine-flags.ts'
import { describeMachine } from './machine.ts'
import type { Measurement, ResultLine } from './result.ts'
import { SUITES } from './suites/all.ts'
import { tableOf } from './table.ts'

const RESULTS = join(import.meta.dirname, '..', 'results')

async function runSuite(name: string, quick: boolean): Promise<readonly Measurement[]> {
  const child = fork(join(import.meta.dirname, 'run-suite.ts'), [name, quick ? 'quick' : 'full'], {
    execArgv: [...ENGINE_FLAGS],
  })
  let measurements: readonly Measurement[] | undefined
  child.on('message', (message) => {
    measurements = message as readonly Measurement[]
  })
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  if (measurements === undefined) throw new Error(`suite ${name} ended with ${signal ?? `code ${code}`} and no result`)
  return measurements
}

function usageError(message: string): never {
  process.stderr.write(`${message}\nusage: npm run bench -- [${Object.keys(SUITES).join(' | ')}]… [--quick] [--json]\n`)
  process.exit(2)
}

function readArguments(): { readonly names: readonly string[]; readonly quick: boolean; readonly json: boolean } {
  try {
    const options = { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } } as const
    const { positionals, values } = parseArgs({ allowPositionals: true, options })
    const unknown = positionals.find((name) => !(name in SUITES))
    if (unknown !== undefined) usageError(`no suite is called "${unknown}"`)
    return { names: positionals.length === 0 ? Object.keys(SUITES) : positionals, ...values }
  } catch (error) {
    return usageError(error instanceof Error ? error.message : String(error))
  }
}

const { names, quick, json } = readArguments()
const machine = describeMachine()
const date = new Date().toISOString()
const file = join(RESULTS, `${date.slice(0, 10)}.jsonl`)
mkdirSync(RESULTS, { recursive: true })
if (!json)
  process.stdout.write(
    `${Object.entries(machine)
      .map(([key, value]) => `${key} ${value}`)
      .join(' · ')}\n`,
  )
for (const name of names) {
  const startedAt = performance.now()
  try {
    const measurements = await runSuite(name, quick)
    const lines = measurements.map((each): ResultLine => ({ ...each, machine, date }))
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
    appendFileSync(file, text)
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
    process.stdout.write(json ? text : `\n${name} (${seconds} s)\n${tableOf(measurements)}\n`)
  } catch (error) {
    process.exitCode = 1
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  }
}
