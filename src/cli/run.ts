// `isopod run <entry>`: one execute task. Output on stdout; outcome, usage and logs on stderr.
import { Command } from 'commander'
import { bundleProject } from '../bundle/bundle-project.ts'
import type { Settings } from '../config/settings.ts'
import { IsopodError } from '../errors.ts'
import { Runtime } from '../host/runtime.ts'
import type { TaskResult } from '../task.ts'
import type { Json } from '../version.ts'
import { withEngine } from './engine-process.ts'
import { table } from './output.ts'
import { measureBackends, runOnBackend } from './run-on-backends.ts'
import { addSettingOptions, bundlingOptionsOf, runtimeOptionsOf, settingsOf } from './setting-options.ts'

export function runCommand(): Command {
  const command = new Command('run')
    .description('Run one execute task: the default function of a module, called with the input.')
    .argument('<entry>', 'entry file')
    .option('--input <json>', 'what the function gets, as JSON')
    .option('--json', 'print the whole result as JSON')
    .option('--backend <name>', 'run it as the admin port does: auto, isolate, deno; all compares them')
    .option('--times <count>', 'with --backend all: how many runs of each kind', '10')
    .addHelpText(
      'after',
      '\nExamples:\n  isopod run sum.ts --input "[1, 2, 3]"\n  isopod run --backend all sum.ts --times 20\n',
    )
  addSettingOptions(command, [
    'cpuMs',
    'wallMs',
    'heapMaxMb',
    'clock',
    'allowAddresses',
    'denyAddresses',
    'allowHosts',
    'compatibilityFlags',
  ])
  return command.action((entry: string) => {
    const { backend, input, json, times = '' } = command.opts() as RunOptions
    if (backend !== undefined) return runWith(backend, { entry, input, json, times, settings: settingsOf(command) })
    return withEngine(async () => {
      const task = { type: 'execute', ...(input === undefined ? {} : { input: parseInput(input) }) } as const
      const settings = settingsOf(command)
      const { bundle } = await bundleProject({ entry, ...bundlingOptionsOf(settings) })
      await using runtime = new Runtime({
        ...runtimeOptionsOf(settings),
        mode: 'persistent',
        executor: 'inline',
        reserveSize: 0,
      })
      await runtime.load({ worker: 'run', bundle }, { start: 'on-demand' })
      const result = await runtime.dispatch('run', task)
      show(result, json)
    })
  })
}

interface RunOptions {
  readonly input?: string
  readonly json?: boolean
  readonly backend?: string
  readonly times?: string
}

interface BackendRun {
  readonly entry: string
  readonly input: string | undefined
  readonly json: boolean | undefined
  readonly times: string
  readonly settings: Settings
}

async function runWith(backend: string, { entry, input, json, settings, times: wanted }: BackendRun): Promise<void> {
  const times = Number(wanted)
  if (!Number.isInteger(times) || times < 1 || times > MAX_TIMES) {
    throw new IsopodError('INVALID_OPTION', `--times may be a whole number from 1 to ${MAX_TIMES}; got ${wanted}`)
  }
  const options = { entry, input: input === undefined ? null : parseInput(input), settings, times }
  if (backend !== 'all') return show(await runOnBackend(backend, options), json)
  const measured = await measureBackends(options)
  if (json === true) process.stdout.write(`${JSON.stringify({ backends: measured })}\n`)
  else {
    const rows = measured.map((one) => [one.backend, msText(one.coldMs), msText(one.warmMs), one.outcome])
    process.stdout.write(`${table(['BACKEND', 'COLD', 'WARM', 'OUTCOME'], rows, 'There is no backend.')}\n`)
  }
  if (measured.some(({ outcome }) => outcome !== 'ok')) process.exitCode = 1
}

const MAX_TIMES = 1000

function msText(ms: number | null): string {
  return ms === null ? '' : `${ms.toFixed(2)} ms`
}

function show(result: TaskResult, json: boolean | undefined): void {
  if (json === true) process.stdout.write(`${JSON.stringify(asJson(result))}\n`)
  else print(result)
  if (result.outcome !== 'ok') process.exitCode = 1
}

function parseInput(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    throw new IsopodError('INVALID_OPTION', `--input is not JSON: ${(error as Error).message}`)
  }
}

function asJson(result: TaskResult): object {
  return { ...result, output: result.output === undefined ? null : (JSON.parse(result.output) as unknown) }
}

function print({ outcome, output, error, logs, usage }: TaskResult): void {
  for (const { message } of logs) process.stderr.write(`${message}\n`)
  if (output !== undefined) process.stdout.write(`${output}\n`)
  if (error !== undefined) {
    const shown = error.name === undefined ? error.message : `${error.name}: ${error.message}`
    process.stderr.write(`${error.stack ?? shown}\n`)
  }
  const cpuMs = (usage.cpuUs / 1000).toFixed(1)
  const heapMb = (usage.heapBytes / 1024 / 1024).toFixed(1)
  process.stderr.write(`${outcome} · ${cpuMs} ms CPU · ${usage.wallMs.toFixed(1)} ms · ${heapMb} MiB heap\n`)
}
