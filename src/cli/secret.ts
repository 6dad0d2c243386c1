// `isopod secret`: secrets of a worker. A value is read from a terminal without being shown, or from what is piped in.
import { text } from 'node:stream/consumers'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { Command } from 'commander'
import { addJsonOption, print, table, timeText } from './output.ts'
import { CLIENT_SETTINGS, clientOf } from './server-client.ts'
import { addSettingOptions, settingsOf } from './setting-options.ts'
import { addWorkerOptions, workerOf } from './worker-option.ts'

export function secretCommand(): Command {
  return new Command('secret')
    .description('Set, list and delete secrets of a worker. They take effect at once, without a deploy.')
    .addHelpText(
      'after',
      '\nExamples:\n  isopod secret put API_KEY\n  isopod secret put API_KEY --worker shop < key.txt\n  isopod secret list\n',
    )
    .addCommand(putCommand())
    .addCommand(listCommand())
    .addCommand(deleteCommand())
}

function putCommand(): Command {
  const command = about(new Command('put').description('Set a secret.').argument('<name>'))
  return command.action(async (name: string) => {
    const worker = await workerOf(command)
    const value = process.stdin.isTTY
      ? await askHidden(`Value of ${name}: `)
      : (await text(process.stdin)).replace(/\r?\n$/, '')
    const done = await clientOf(settingsOf(command)).setSecret({ ...worker, name }, { value })
    print(command, done, () => `${worker.worker}: ${name} is set`)
  })
}

function listCommand(): Command {
  const command = about(new Command('list').description('List the names of secrets.'))
  return command.action(async () => {
    const list = await clientOf(settingsOf(command)).secrets(await workerOf(command))
    print(command, list, ({ secrets }) =>
      table(
        ['NAME', 'SET (UTC)', 'BY'],
        secrets.map(({ author, name, time }) => [name, timeText(time), author]),
        'no secrets',
      ),
    )
  })
}

function deleteCommand(): Command {
  const command = about(new Command('delete').description('Delete a secret.').argument('<name>'))
  return command.action(async (name: string) => {
    const worker = await workerOf(command)
    const done = await clientOf(settingsOf(command)).removeSecret({ ...worker, name })
    print(command, done, ({ removed }) =>
      removed ? `${worker.worker}: ${name} is deleted` : `there is no secret ${name}`,
    )
  })
}

function about(command: Command): Command {
  return addSettingOptions(addJsonOption(addWorkerOptions(command)), CLIENT_SETTINGS)
}

function askHidden(question: string): Promise<string> {
  process.stderr.write(question)
  const lines = createInterface({
    input: process.stdin,
    output: new Writable({ write: (_chunk, _encoding, done) => done() }),
    terminal: true,
  })
  return new Promise((resolve) => {
    lines.question('', (answer) => {
      lines.close()
      process.stderr.write('\n')
      resolve(answer)
    })
  })
}
