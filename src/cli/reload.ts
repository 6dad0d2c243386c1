// `isopod reload`: every host of a running server is replaced, one by one, without a lost request.
import { Command } from 'commander'
import { CLIENT_SETTINGS, clientOf } from './server-client.ts'
import { addSettingOptions, settingsOf } from './setting-options.ts'

export function reloadCommand(): Command {
  const command = new Command('reload')
    .description('Replace the host processes of a running server one by one; no request is lost.')
    .addHelpText('after', '\nExample:\n  isopod reload --server http://127.0.0.1:8788\n')
  addSettingOptions(command, CLIENT_SETTINGS)
  return command.action(async () => {
    await clientOf(settingsOf(command)).reload()
    process.stdout.write('every host was replaced\n')
  })
}
