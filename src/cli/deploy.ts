// `isopod deploy [folder]`: the project becomes a version that answers, on every host when the command returns.
import { Command } from 'commander'
import { IsopodError } from '../errors.ts'
import { readProject } from '../project/read-project.ts'
import { buildProject, deployProject } from './deploy-project.ts'
import { addJsonOption, print, withProgress } from './output.ts'
import { CLIENT_SETTINGS, clientOf } from './server-client.ts'
import { addSettingOptions, settingsOf } from './setting-options.ts'
import { DEFAULT_TENANT } from './worker-option.ts'

interface Options {
  readonly env?: string
  readonly tenant?: string
  readonly message?: string
  readonly percent?: string
  readonly dryRun?: boolean
}

export function deployCommand(): Command {
  const command = new Command('deploy')
    .description('Bundle a project and deploy it: when this returns, every host answers with it.')
    .argument('[folder]', 'folder of the project, with isopod.jsonc or wrangler.jsonc', '.')
    .option('-e, --env <name>', "an environment of the project's configuration")
    .option('--tenant <name>', "the tenant; unless told, the project's, or default")
    .option('-m, --message <text>', 'why, for the history')
    .option('--percent <number>', 'share of the requests it gets; 0 only stores it')
    .option('--dry-run', 'bundle and check, and deploy nothing')
    .addHelpText(
      'after',
      '\nExamples:\n  isopod deploy\n  isopod deploy shop --env staging -m "new prices"\n  isopod deploy --percent 10\n',
    )
  addSettingOptions(addJsonOption(command), CLIENT_SETTINGS)
  return command.action(async (folder: string) => {
    const { dryRun, env, message, percent, tenant } = command.opts() as Options
    const project = await readProject(folder, env === undefined ? {} : { environment: env })
    const built = await withProgress(`bundling ${project.worker}`, () => buildProject(project))
    for (const warning of built.warnings) process.stderr.write(`isopod: ${warning}\n`)
    const size = `${(built.bundle.script.length / 1024).toFixed(1)} KiB`
    const files = built.assets === undefined ? 0 : Object.keys(built.assets.manifest.files).length
    if (dryRun === true) {
      print(
        command,
        { worker: project.worker, script_bytes: built.bundle.script.length, files },
        () => `${project.worker}: ${size} of script, ${files} static files; nothing was deployed`,
      )
      return
    }
    const report = await withProgress(`deploying ${project.worker}`, () =>
      deployProject(clientOf(settingsOf(command)), built, {
        tenant: tenant ?? project.tenant ?? DEFAULT_TENANT,
        ...(message === undefined ? {} : { message }),
        ...(percent === undefined ? {} : { percent: toPercent(percent) }),
      }),
    )
    print(
      command,
      report,
      ({ tenant: owner, version, worker }) =>
        `${owner === DEFAULT_TENANT ? worker : `${worker}.${owner}`}: version ${version} is deployed (${size}${files > 0 ? `, ${files} static files` : ''})`,
    )
  })
}

function toPercent(text: string): number {
  const percent = Number(text)
  if (Number.isInteger(percent) && percent >= 0 && percent <= 100) return percent
  throw new IsopodError('INVALID_OPTION', `--percent is a whole number from 0 to 100; got "${text}".`)
}
