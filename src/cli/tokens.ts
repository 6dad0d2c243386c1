// `isopod tokens`: who may use the admin API. Where a server runs it is asked; the folder of one that does not run is opened
// here, which is how its first token is made.
import { Command } from 'commander'
import type { TokenBody, TokenReport } from '../server/api/token-shapes.ts'
import { IsopodError } from '../errors.ts'
import { ROLES, type Role } from '../wire/caller.ts'
import { terminalText } from '../wire/terminal-text.ts'
import { addJsonOption, asksForJson, print } from './output.ts'
import { CLIENT_SETTINGS } from './server-client.ts'
import { addSettingOptions, settingsOf } from './setting-options.ts'
import { openTokenStore } from './token-store.ts'

interface CreateOptions {
  readonly role: string
  readonly tenant?: string
  readonly label: string
  readonly expires?: string
}

export function tokensCommand(): Command {
  return new Command('tokens')
    .description('Make, list and revoke tokens of the admin API.')
    .addHelpText(
      'after',
      '\nExamples:\n  isopod tokens create --data ./data\n  isopod tokens create --role deployer --tenant acme --label ci --expires 2030-01-01\n  isopod tokens revoke 3fK2x9Qa\n',
    )
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(revokeCommand())
}

function createCommand(): Command {
  const command = withStore(new Command('create').description('Make a token, and print it this once.'))
    .option('--role <role>', `what it may do: ${ROLES.join(', ')}`, 'admin')
    .option('--tenant <name>', 'the only tenant it is for')
    .option('--label <text>', 'what it is for', 'command line')
    .option('--expires <date>', 'when it ends, such as 2030-01-01; never unless told')
  return command.action(async () => {
    const body = bodyOf(command.opts())
    using store = openTokenStore(settingsOf(command), 'make')
    const { id, secret } = await store.create(body)
    if (!asksForJson(command)) process.stderr.write(`token ${id}, which is shown this once:\n`)
    print(command, { id, secret }, () => secret)
  })
}

function listCommand(): Command {
  const command = withStore(new Command('list').description('List tokens, without their secrets.'))
  return command.action(async () => {
    using store = openTokenStore(settingsOf(command), 'find')
    print(command, { tokens: await store.list() }, ({ tokens }) =>
      tokens.map((token) => terminalText(line(token))).join('\n'),
    )
  })
}

function revokeCommand(): Command {
  const command = withStore(new Command('revoke').description('Revoke a token, at once.').argument('<id>'))
  return command.action(async (id: string) => {
    using store = openTokenStore(settingsOf(command), 'find')
    await store.revoke(id)
    print(command, { id, revoked: true }, () => `${terminalText(id)} is revoked`)
  })
}

function withStore(command: Command): Command {
  return addSettingOptions(addJsonOption(command), [...CLIENT_SETTINGS, 'dataFolder'])
}

/** @throws IsopodError `INVALID_OPTION` */
function bodyOf({ expires, label, role, tenant }: CreateOptions): TokenBody {
  if (!isRole(role))
    throw new IsopodError('INVALID_OPTION', `--role is "${role}": it must be one of ${ROLES.join(', ')}.`)
  const end = expires === undefined ? undefined : Date.parse(expires)
  if (Number.isNaN(end)) throw new IsopodError('INVALID_OPTION', `--expires is "${expires}": it must be a date.`)
  return {
    role,
    label,
    ...(tenant === undefined ? {} : { tenant }),
    ...(end === undefined ? {} : { expires: end }),
  }
}

function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text)
}

function line({ expires, id, label, role, tenant }: TokenReport): string {
  const end = expires === null ? 'never expires' : `expires ${new Date(expires).toISOString()}`
  return [id, role, tenant ?? 'all tenants', end, label].join('  ')
}
