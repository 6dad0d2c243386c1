// `isopod reload`: every host of a running server is replaced, one by one, without a lost request.
import { Command } from 'commander'
import { IsopodError } from '../errors.ts'
import { addSettingOptions, settingsOf } from './setting-options.ts'

export function reloadCommand(): Command {
  const command = new Command('reload')
    .description('Replace the host processes of a running server one by one; no request is lost.')
    .addHelpText('after', '\nExample:\n  isopod reload --admin-port 8788\n')
  addSettingOptions(command, ['adminPort'])
  return command.action(async () => {
    const { adminPort } = settingsOf(command)
    const url = `http://127.0.0.1:${adminPort}/api/reload`
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    }).catch((error: unknown) => {
      throw new IsopodError('NOT_RUNNING', `No server answers on port ${adminPort} of 127.0.0.1.`, { cause: error })
    })
    if (!response.ok) throw new IsopodError('NOT_RUNNING', `The server answered with ${response.status}.`)
    process.stdout.write('every host was replaced\n')
  })
}
