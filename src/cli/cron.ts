// `isopod cron`: the schedules of a worker.
import { Command } from 'commander'
import { addJsonOption, print, table, timeText, withProgress } from './output.ts'
import { CLIENT_SETTINGS, clientOf } from './server-client.ts'
import { addSettingOptions, settingsOf } from './setting-options.ts'
import { addWorkerOptions, workerOf } from './worker-option.ts'

export function cronCommand(): Command {
  return new Command('cron')
    .description('Show the schedules of a worker and how their runs ended, or run one now.')
    .addHelpText(
      'after',
      '\nExamples:\n  isopod cron list\n  isopod cron run\n  isopod cron history --worker reports\n',
    )
    .addCommand(listCommand())
    .addCommand(runCommand())
    .addCommand(historyCommand())
}

function listCommand(): Command {
  const command = about(new Command('list').description('List schedules, with their next runs.'))
  return command.action(async () => {
    const list = await clientOf(settingsOf(command)).schedules(await workerOf(command))
    print(command, list, ({ schedules }) =>
      table(
        ['CRON', 'ZONE', 'NEXT (UTC)', 'MISSED'],
        schedules.map(({ cron, missed, next_run: next, zone }) => [
          cron,
          zone,
          next === null ? 'never' : timeText(next),
          missed,
        ]),
        'no schedules',
      ),
    )
  })
}

function runCommand(): Command {
  const command = about(
    new Command('run')
      .description('Run a schedule now, and wait until it is over.')
      .argument('[cron]', 'which, where there are several'),
  )
  return command.action(async (cron: string | undefined) => {
    const client = clientOf(settingsOf(command))
    const worker = await workerOf(command)
    const ending = await withProgress(`running ${worker.worker}`, () =>
      client.runSchedule(worker, cron === undefined ? {} : { cron }),
    )
    print(command, ending, ({ error, outcome }) => (error === undefined ? outcome : `${outcome}: ${error.message}`))
    if (ending.outcome !== 'ok') process.exitCode = 1
  })
}

function historyCommand(): Command {
  const command = about(new Command('history').description('List the latest runs.'))
  return command.action(async () => {
    const list = await clientOf(settingsOf(command)).scheduleHistory(await workerOf(command))
    print(command, list, ({ runs }) =>
      table(
        ['DUE (UTC)', 'CRON', 'CAUSE', 'MS', 'OUTCOME', 'ERROR'],
        runs.map(({ cause, cron, ended, error, outcome, started, tick }) => [
          timeText(tick),
          cron,
          cause,
          ended === null ? '' : ended - started,
          outcome ?? 'running',
          error?.message ?? '',
        ]),
        'no runs yet',
      ),
    )
  })
}

function about(command: Command): Command {
  return addSettingOptions(addJsonOption(addWorkerOptions(command)), CLIENT_SETTINGS)
}
