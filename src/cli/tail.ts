// `isopod tail`: tasks as they end, with what they logged.
import { Command, Option } from 'commander'
import type { TailLine, TaskReport } from '../server/api/log-shapes.ts'
import { terminalText } from '../wire/terminal-text.ts'
import { CLIENT_SETTINGS, clientOf } from './server-client.ts'
import { addSettingOptions, settingsOf } from './setting-options.ts'

interface Options {
  readonly worker?: string
  readonly tenant?: string
  readonly status: 'all' | 'ok' | 'error'
  readonly search?: string
  readonly last?: string
  readonly json?: boolean
}

export function tailCommand(): Command {
  const command = new Command('tail')
    .description('Show tasks as they end, with their logs and errors, until interrupted.')
    .argument('[worker]', 'only those of a worker')
    .option('--tenant <name>', 'only those of a tenant')
    .addOption(new Option('--status <kind>', 'only these').choices(['all', 'ok', 'error']).default('all'))
    .option('--search <text>', 'only those with the text in a log line, an error or the URL')
    .option('--last <count>', 'first those that logged something or failed lately, so many')
    .option('--json', 'print lines of JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  isopod tail shop\n  isopod tail --tenant acme --status error\n  isopod tail --json | jq .logs\n',
    )
  addSettingOptions(command, CLIENT_SETTINGS)
  return command.action(async (worker: string | undefined) => {
    const options = command.opts() as Options
    const client = clientOf(settingsOf(command))
    const filter = {
      ...(worker === undefined ? {} : { worker }),
      ...(options.tenant === undefined ? {} : { tenant: options.tenant }),
    }
    const show = (line: TailLine): void => {
      if ('dropped' in line) process.stderr.write(`isopod: ${line.dropped} tasks were too many to be told\n`)
      else if ('outcome' in line && isWanted(line, options)) {
        process.stdout.write(options.json === true ? `${JSON.stringify(line)}\n` : textOf(line))
      }
    }
    if (options.last !== undefined) {
      const { tasks } = await client.logs({ ...filter, limit: Number(options.last) })
      for (const task of tasks) show(task)
    }
    for await (const line of client.tail(filter)) show(line)
  })
}

function isWanted(task: TaskReport, { search, status }: Options): boolean {
  if (status !== 'all' && (task.outcome === 'ok') !== (status === 'ok')) return false
  if (search === undefined) return true
  const texts = [task.request?.url, task.error?.message, task.error?.stack, ...task.logs.map(({ message }) => message)]
  return texts.some((text) => text?.includes(search) === true)
}

function textOf(task: TaskReport): string {
  const { cpu_us: cpuUs, error, logs, outcome, request, status, tenant, time, type, wall_ms: wallMs, worker } = task
  const what = request === undefined ? type : `${request.method} ${request.url}`
  const name = tenant === 'default' ? worker : `${worker}.${tenant}`
  const clock = new Date(time).toISOString().slice(11, 23)
  const head = `${clock} ${name} ${what} ${status ?? ''} ${outcome} ${(cpuUs / 1000).toFixed(1)} ms CPU ${wallMs} ms`
  const lines = [
    head,
    ...logs.map(({ level, message }) => `  ${level}: ${message.replaceAll('\n', '\n    ')}`),
    ...(error === undefined ? [] : [`  ${(error.stack ?? error.message).replaceAll('\n', '\n    ')}`]),
  ]
  return `${lines.map(terminalText).join('\n')}\n`
}
