// `isopod tenants`: who is on a server, who is trusted, and what each may use.
import { Command } from 'commander'
import { IsopodError } from '../errors.ts'
import { MOST_WEIGHT, QUOTA_NAMES, type TenantQuota } from '../quota.ts'
import { addJsonOption, print, table } from './output.ts'
import { CLIENT_SETTINGS, clientOf } from './server-client.ts'
import { addSettingOptions, settingsOf } from './setting-options.ts'

interface TenantOptions {
  readonly vouch?: string
  readonly unvouch?: string
  readonly quota?: string
  readonly weight?: string
}

/** As they are written on the command line. */
const SHORT_NAMES = {
  requestsPerSecond: 'rps',
  concurrentTasks: 'concurrent',
  workers: 'workers',
  cpuMsPerMinute: 'cpu',
  subrequestsPerMinute: 'subrequests',
  egressBytesPerMinute: 'egress',
} as const satisfies Record<keyof TenantQuota, string>

export function tenantsCommand(): Command {
  const command = addSettingOptions(
    addJsonOption(
      new Command('tenants')
        .description('List tenants, say that one is trusted, or what one may use.')
        .argument('[tenant]', 'whose quota or weight it is')
        .option('--vouch <tenant>', 'its workers run on the main hosts from now on')
        .option('--unvouch <tenant>', 'it has to earn that again')
        .option(
          '--quota <list>',
          'what the tenant may use, in place of what it might before: rps (tasks a second), concurrent (tasks at once), workers, cpu (ms a minute), subrequests (a minute), egress (bytes a minute); "none" for no bounds',
        )
        .option(
          '--weight <count>',
          'its share of the time beside other tenants, from 1, which all have unless told, to 100',
        )
        .addHelpText('after', '\nExample:\n  isopod tenants --quota rps=10,concurrent=5,workers=3,cpu=60000 acme'),
    ),
    CLIENT_SETTINGS,
  )
  return command.action(async (tenant: string | undefined) => {
    const client = clientOf(settingsOf(command))
    const { quota, unvouch, vouch, weight } = command.opts() as TenantOptions
    if ((tenant === undefined) !== (quota === undefined && weight === undefined)) {
      const message = 'A quota, or a weight, is of one tenant: isopod tenants --quota rps=10 --weight 3 <tenant>.'
      throw new IsopodError('INVALID_OPTION', message)
    }
    if (vouch !== undefined) await client.changeTenant({ tenant: vouch }, { vouched: true })
    if (unvouch !== undefined) await client.changeTenant({ tenant: unvouch }, { vouched: false })
    if (tenant !== undefined) {
      await client.changeTenant(
        { tenant },
        {
          ...(quota === undefined ? {} : { quota: readQuota(quota) }),
          ...(weight === undefined ? {} : { weight: readWeight(weight) }),
        },
      )
    }
    print(command, await client.tenants(), ({ tenants }) =>
      table(
        ['TENANT', 'TIER', 'VOUCHED', 'WEIGHT', 'QUOTA'],
        tenants.map((row) => [
          row.tenant,
          row.tier,
          row.vouched ? 'yes' : '',
          String(row.weight),
          quotaText(row.quota),
        ]),
        'no tenants yet',
      ),
    )
  })
}

/** @throws IsopodError `INVALID_OPTION` */
function readWeight(text: string): number {
  const weight = Number(text)
  if (Number.isInteger(weight) && weight >= 1 && weight <= MOST_WEIGHT) return weight
  throw new IsopodError('INVALID_OPTION', `--weight is "${text}": it must be an integer from 1 to ${MOST_WEIGHT}.`)
}

/** The server says whether the numbers will do. @throws IsopodError `INVALID_OPTION` */
function readQuota(text: string): TenantQuota {
  if (text === 'none') return {}
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [short = '', value = ''] = part.split('=').map((side) => side.trim())
      const name = QUOTA_NAMES.find((candidate) => SHORT_NAMES[candidate] === short)
      if (name === undefined || !/^\d+(?:\.\d+)?$/.test(value)) {
        const known = Object.values(SHORT_NAMES).join(', ')
        throw new IsopodError('INVALID_OPTION', `"${part}" is no part of a quota: it is <name>=<number>, of ${known}.`)
      }
      return [name, Number(value)]
    }),
  )
}

function quotaText(quota: TenantQuota): string {
  return QUOTA_NAMES.flatMap((name) =>
    quota[name] === undefined ? [] : [`${SHORT_NAMES[name]}=${quota[name]}`],
  ).join()
}
