// `isopod versions`, `isopod deployments`, `isopod rollback`: what a worker was, and is to be again.
import { Command } from 'commander'
import { IsopodError } from '../errors.ts'
import type { ShareReport } from '../server/api/deployment-shapes.ts'
import { addJsonOption, print, table, timeText } from './output.ts'
import { CLIENT_SETTINGS, clientOf } from './server-client.ts'
import { addSettingOptions, settingsOf } from './setting-options.ts'
import { addWorkerOptions, workerOf } from './worker-option.ts'

export function versionsCommand(): Command {
  const command = about(new Command('versions').description('List the versions of a worker, newest first.'))
  return command.action(async () => {
    const client = clientOf(settingsOf(command))
    const worker = await workerOf(command)
    const { split } = await client.worker(worker)
    print(command, await client.versions(worker), ({ versions }) =>
      table(
        ['VERSION', 'SHARE', 'TIME (UTC)', 'AUTHOR', 'MESSAGE'],
        versions.map(({ author, message, time, version }) => [
          version,
          shareOf(split, version),
          timeText(time),
          author,
          message,
        ]),
        'no versions',
      ),
    )
  })
}

export function deploymentsCommand(): Command {
  const command = about(
    new Command('deployments')
      .description('List what answered since when, or let versions answer in shares.')
      .option('--split <shares>', 'from now on, such as v2=90,v3=10')
      .option('-m, --message <text>', 'why, for the history'),
  ).addHelpText('after', '\nExamples:\n  isopod deployments\n  isopod deployments --split v2=90,v3=10\n')
  return command.action(async () => {
    const client = clientOf(settingsOf(command))
    const worker = await workerOf(command)
    const { message, split } = command.opts() as { message?: string; split?: string }
    if (split !== undefined) {
      const body = { split: toShares(split), ...(message === undefined ? {} : { message }) }
      print(command, await client.redeploy(worker, body), (report) => `${report.worker}: ${sharesText(report.split)}`)
      return
    }
    print(command, await client.deployments(worker), ({ deployments }) =>
      table(
        ['TIME (UTC)', 'VERSIONS', 'AUTHOR', 'MESSAGE'],
        deployments.map((one) => [timeText(one.time), sharesText(one.split), one.author, one.message]),
        'no deployments',
      ),
    )
  })
}

export function rollbackCommand(): Command {
  const command = about(
    new Command('rollback')
      .description('Let an earlier version of a worker answer again, at once.')
      .argument('[version]', 'the one before the present one unless told')
      .option('-m, --message <text>', 'why, for the history'),
  ).addHelpText('after', '\nExamples:\n  isopod rollback\n  isopod rollback v12 --worker shop\n')
  return command.action(async (version: string | undefined) => {
    const { message } = command.opts() as { message?: string }
    const body = { ...(version === undefined ? {} : { version }), ...(message === undefined ? {} : { message }) }
    const report = await clientOf(settingsOf(command)).rollback(await workerOf(command), body)
    print(command, report, () => `${report.worker}: version ${report.version} answers`)
  })
}

function about(command: Command): Command {
  return addSettingOptions(addJsonOption(addWorkerOptions(command)), CLIENT_SETTINGS)
}

function shareOf(split: readonly ShareReport[], version: string): string {
  const share = split.find((one) => one.version === version)
  return share === undefined ? '' : `${share.percent} %`
}

function sharesText(split: readonly { readonly version: string | null; readonly percent: number }[]): string {
  return split
    .map(({ percent, version }) => (percent === 100 ? (version ?? '(gone)') : `${version ?? '(gone)'} ${percent} %`))
    .join(', ')
}

function toShares(text: string): ShareReport[] {
  return text.split(',').map((share) => {
    const [version = '', percent = ''] = share.trim().split('=')
    if (version !== '' && /^\d+$/.test(percent)) return { version, percent: Number(percent) }
    throw new IsopodError('INVALID_OPTION', `--split is a list such as v2=90,v3=10; got "${text}".`)
  })
}
