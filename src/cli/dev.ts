// `isopod dev [folder]`: a server for one project, with everything it binds to, that follows its files. What it keeps lies in
// `.isopod` beside the project.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import { IsopodError } from '../errors.ts'
import { readProject } from '../project/read-project.ts'
import { withEngine } from './engine-process.ts'
import type { ServedProject } from './serve-project.ts'
import { addSettingOptions, settingsOf } from './setting-options.ts'

/** Where debuggers look first. */
const DEFAULT_INSPECT_PORT = 9229

export function devCommand(): Command {
  const command = new Command('dev')
    .description('Run a project on this machine, with its bindings, and reload it when its files change.')
    .argument('[folder]', 'folder of the project, with isopod.jsonc or wrangler.jsonc', '.')
    .option('-e, --env <name>', "an environment of the project's configuration")
    .option('--no-watch', 'do not reload on change')
    .option('--inspect [port]', `let debuggers attach, on 127.0.0.1, at port ${DEFAULT_INSPECT_PORT} unless told`)
    .addHelpText(
      'after',
      '\nExamples:\n  isopod dev\n  isopod dev shop --port 3000\n  isopod dev --inspect\n\nSecrets come from .dev.vars (NAME=value lines). KV and all other state is kept in .isopod.\n',
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
    const { env, inspect, watch } = command.opts() as { env?: string; inspect?: string | true; watch: boolean }
    const project = await readProject(folder, env === undefined ? {} : { environment: env })
    const settings = settingsOf(command)
    const served: ServedProject = {
      folder: project.folder,
      name: project.worker,
      ...(env === undefined ? {} : { environment: env }),
    }
    if (inspect !== undefined) {
      const inspectPort = inspect === true ? DEFAULT_INSPECT_PORT : parsePort(inspect)
      await withEngine(async () => {
        const { serveInspected } = await import('./serve-inspected.ts')
        await serveInspected(served, { settings, watch, inspectPort, entry: project.entry })
      })
      return
    }
    const dataFolder = join(project.folder, '.isopod', 'state')
    await mkdir(dataFolder, { recursive: true })
    const { serveSupervised } = await import('./serve-supervised.ts')
    await serveSupervised(
      { project: served },
      {
        // One host: a project is tried, not put under load.
        settings: { ...settings, hosts: settings.hosts ?? 1, dataFolder },
        watch,
        stack: command.parent?.opts()['stack'] === true,
      },
    )
  })
}

function parsePort(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new IsopodError('INVALID_OPTION', `--inspect must be a port from 0 to 65535; got ${text}.`)
}
