// `isopod kv`: what workers keep in KV namespaces.
import { buffer } from 'node:stream/consumers'
import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { IsopodError } from '../errors.ts'
import type { KeyReport, NamespaceParams } from '../server/api/kv-shapes.ts'
import type { Json } from '../version.ts'
import { addJsonOption, print, table } from './output.ts'
import { CLIENT_SETTINGS, clientOf } from './server-client.ts'
import { addSettingOptions, settingsOf } from './setting-options.ts'
import { DEFAULT_TENANT } from './worker-option.ts'

export function kvCommand(): Command {
  return new Command('kv')
    .description('Read and write KV namespaces.')
    .addHelpText(
      'after',
      '\nExamples:\n  isopod kv namespaces\n  isopod kv put cache greeting hello --ttl 3600\n  isopod kv get cache greeting\n  isopod kv list cache --prefix user:\n',
    )
    .addCommand(namespacesCommand())
    .addCommand(listCommand())
    .addCommand(getCommand())
    .addCommand(putCommand())
    .addCommand(deleteCommand())
}

function namespacesCommand(): Command {
  const command = about(new Command('namespaces').description('List the namespaces of a tenant.'))
  return command.action(async () => {
    const list = await clientOf(settingsOf(command)).kvNamespaces({ tenant: tenantOf(command) })
    print(command, list, ({ namespaces }) =>
      table(
        ['NAMESPACE', 'KEYS', 'BYTES'],
        namespaces.map(({ bytes, keys, namespace }) => [namespace, keys, bytes]),
        'no namespaces',
      ),
    )
  })
}

function listCommand(): Command {
  const command = about(
    new Command('list')
      .description('List all keys of a namespace.')
      .argument('<namespace>')
      .option('--prefix <text>', 'only those that begin so', ''),
  )
  return command.action(async (namespace: string) => {
    const client = clientOf(settingsOf(command))
    const { prefix } = command.opts() as { prefix: string }
    const keys: KeyReport[] = []
    let cursor: string | undefined
    do {
      const page = await client.kvKeys(scopeOf(command, namespace), {
        prefix,
        ...(cursor === undefined ? {} : { cursor }),
      })
      keys.push(...page.keys)
      ;({ cursor } = page)
    } while (cursor !== undefined)
    print(command, { keys }, () =>
      table(
        ['KEY', 'EXPIRES', 'METADATA'],
        keys.map(({ expiration, metadata, name }) => [
          name,
          expiration === undefined ? '' : new Date(expiration * 1000).toISOString(),
          metadata === undefined ? '' : JSON.stringify(metadata),
        ]),
        'no keys',
      ),
    )
  })
}

function getCommand(): Command {
  const command = about(
    new Command('get').description('Print a value, byte for byte.').argument('<namespace>').argument('<key>'),
  )
  return command.action(async (namespace: string, key: string) => {
    const { bytes, ...facts } = await clientOf(settingsOf(command)).kvGet({ ...scopeOf(command, namespace), key })
    const { json } = command.opts() as { json?: boolean }
    if (json === true) print(command, { base64: Buffer.from(bytes).toString('base64'), ...facts }, () => '')
    else process.stdout.write(bytes)
  })
}

function putCommand(): Command {
  const command = about(
    new Command('put')
      .description('Set a value: as given, from a file, or from what is piped in.')
      .argument('<namespace>')
      .argument('<key>')
      .argument('[value]')
      .option('--file <path>', 'take the value from a file')
      .option('--ttl <seconds>', 'for how long it is kept')
      .option('--metadata <json>', 'kept beside it'),
  )
  return command.action(async (namespace: string, key: string, value: string | undefined) => {
    const { file, metadata, ttl } = command.opts() as { file?: string; metadata?: string; ttl?: string }
    const bytes =
      value === undefined ? await (file === undefined ? buffer(process.stdin) : readFile(file)) : Buffer.from(value)
    const done = await clientOf(settingsOf(command)).kvPut(
      { ...scopeOf(command, namespace), key },
      {
        base64: bytes.toString('base64'),
        ...(metadata === undefined ? {} : { metadata: toJson(metadata) }),
        ...(ttl === undefined ? {} : { expiration_ttl: Number(ttl) }),
      },
    )
    print(command, done, () => `${namespace}: ${key} is stored (${bytes.length} bytes)`)
  })
}

function deleteCommand(): Command {
  const command = about(new Command('delete').description('Delete a key.').argument('<namespace>').argument('<key>'))
  return command.action(async (namespace: string, key: string) => {
    const done = await clientOf(settingsOf(command)).kvDelete({ ...scopeOf(command, namespace), key })
    print(command, done, () => `${namespace}: ${key} is deleted`)
  })
}

function about(command: Command): Command {
  return addSettingOptions(
    addJsonOption(command.option('--tenant <name>', 'the tenant', DEFAULT_TENANT)),
    CLIENT_SETTINGS,
  )
}

function tenantOf(command: Command): string {
  return (command.opts() as { tenant: string }).tenant
}

function scopeOf(command: Command, namespace: string): NamespaceParams {
  return { tenant: tenantOf(command), namespace }
}

function toJson(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    throw new IsopodError('INVALID_OPTION', `--metadata is not JSON: ${(error as Error).message}`)
  }
}
