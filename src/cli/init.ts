// `isopod init [folder]`: a new project from a template.
import { basename, resolve } from 'node:path'
import { Command, Option } from 'commander'
import { createProject, TEMPLATES } from '../project/create-project.ts'
import { addJsonOption, print } from './output.ts'

export function initCommand(): Command {
  const command = new Command('init')
    .description('Make a new project.')
    .argument('[folder]', 'where; it must be empty', '.')
    .addOption(new Option('--template <name>', 'what it begins with').choices(TEMPLATES).default('hello'))
    .option('--name <name>', 'of the worker; the name of the folder unless told')
    .addHelpText('after', '\nExamples:\n  isopod init shop\n  isopod init site --template assets\n')
  addJsonOption(command)
  return command.action(async (folder: string) => {
    const { name, template } = command.opts() as { name?: string; template: (typeof TEMPLATES)[number] }
    const files = await createProject(folder, { template, name: name ?? nameOf(folder) })
    print(command, { folder: resolve(folder), files }, () => {
      const steps = [
        ...(folder === '.' ? [] : [`cd ${folder}`]),
        ...(files.includes('package.json') ? ['npm install'] : []),
      ]
      return [
        ...files.map((file) => `  ${file}`),
        '',
        'Next:',
        ...[...steps, 'isopod dev'].map((step) => `  ${step}`),
      ].join('\n')
    })
  })
}

function nameOf(folder: string): string {
  return (
    basename(resolve(folder))
      .toLowerCase()
      .replaceAll(/[^a-z0-9-]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 63) || 'worker'
  )
}
