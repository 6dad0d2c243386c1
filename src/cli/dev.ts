// `isopod dev [folder]`: a server for one project, with everything it binds to, that follows its files. What it keeps lies in
// `.isopod` beside the project.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import { readProject } from '../project/read-project.ts'
import { addSettingOptions, settingsOf } from './setting-options.ts'

export function devCommand(): Command {
  const command = new Command('dev')
    .description('Run a project on this machine, with its bindings, and reload it when its files change.')
    .argument('[folder]', 'folder of the project, with isopod.jsonc or wrangler.jsonc', '.')
    .option('-e, --env <name>', "an environment of the project's configuration")
    .option('--no-watch', 'do not reload on change')
    .addHelpText(
      'after',
      '\nExamples:\n  isopod dev\n  isopod dev shop --port 3000\n\nSecrets come from .dev.vars (NAME=value lines). KV and all other state is kept in .isopod.\n',
    )
  addSettingOptions(command, [
    'port',
    'adminPort',
    'listen',
    'domain',
    'hosts',
    'cpuMs',
    'wallMs',
    'allowAddresses',
    'sandbox',
  ])
  return command.action(async (folder: string) => {
    const { env, watch } = command.opts() as { env?: string; watch: boolean }
    const project = await readProject(folder, env === undefined ? {} : { environment: env })
    const settings = settingsOf(command)
    const dataFolder = join(project.folder, '.isopod', 'state')
    await mkdir(dataFolder, { recursive: true })
    const { serveSupervised } = await import('./serve-supervised.ts')
    await serveSupervised(
      { project: { folder: project.folder, name: project.worker, ...(env === undefined ? {} : { environment: env }) } },
      {
        // One host: a project is tried, not put under load.
        settings: { ...settings, hosts: settings.hosts ?? 1, dataFolder },
        watch,
        stack: command.parent?.opts()['stack'] === true,
      },
    )
  })
}
