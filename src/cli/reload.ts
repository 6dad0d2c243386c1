// `isopod reload`: every host of a running server is replaced, one by one, without a lost request.
import { Command } from 'commander'
import { addJsonOption, print, withProgress } from './output.ts'
import { CLIENT_SETTINGS, clientOf } from './server-client.ts'
import { addSettingOptions, settingsOf } from './setting-options.ts'

export function reloadCommand(): Command {
  const command = new Command('reload')
    .description('Replace the host processes of a running server one by one; no request is lost.')
    .addHelpText('after', '\nExample:\n  isopod reload --server http://127.0.0.1:8788\n')
  addSettingOptions(addJsonOption(command), CLIENT_SETTINGS)
  return command.action(async () => {
    const client = clientOf(settingsOf(command))
    print(command, await withProgress('replacing hosts', () => client.reload()), () => 'every host was replaced')
  })
}
