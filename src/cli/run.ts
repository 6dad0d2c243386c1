// `isopod run <entry>`: one execute task. Output on stdout; outcome, usage and logs on stderr.
import { Command } from 'commander'
import { bundleProject } from '../bundle/bundle-project.ts'
import { IsopodError } from '../errors.ts'
import { Runtime } from '../host/runtime.ts'
import type { TaskResult } from '../task.ts'
import type { Json } from '../version.ts'
import { withEngine } from './engine-process.ts'
import { addSettingOptions, bundlingOptionsOf, runtimeOptionsOf, settingsOf } from './setting-options.ts'

export function runCommand(): Command {
  const command = new Command('run')
    .description('Run one execute task: the default function of a module, called with the input.')
    .argument('<entry>', 'entry file')
    .option('--input <json>', 'what the function gets, as JSON')
    .option('--json', 'print the whole result as JSON')
    .addHelpText('after', '\nExample:\n  isopod run sum.ts --input "[1, 2, 3]"\n')
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
  return command.action((entry: string) =>
    withEngine(async () => {
      const { input, json } = command.opts() as { input?: string; json?: boolean }
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
      if (json === true) process.stdout.write(`${JSON.stringify(asJson(result))}\n`)
      else print(result)
      if (result.outcome !== 'ok') process.exitCode = 1
    }),
  )
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
