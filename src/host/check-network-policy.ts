// Is this a network policy? Of a version, or of the operator.
import { Resolver } from 'node:dns'
import { IsopodError } from '../errors.ts'
import { createNetworkGuard } from '../ops/network-guard.ts'
import type { NetworkPolicy } from '../version.ts'

/** Each entry is compared with at every connection. */
const MAX_ENTRIES = 1000
const LISTS: ReadonlySet<string> = new Set(['allow', 'deny', 'hosts'] satisfies (keyof NetworkPolicy)[])

/** @throws IsopodError `INVALID_OPTION` */
export function assertNetworkPolicy(policy: NetworkPolicy): void {
  if (typeof policy !== 'object' || policy === null) {
    throw new IsopodError('INVALID_OPTION', `A network policy is an object; got ${String(policy)}.`)
  }
  for (const [name, list] of Object.entries(policy)) {
    if (!LISTS.has(name)) {
      const known = [...LISTS].join(', ')
      throw new IsopodError('INVALID_OPTION', `"${name}" is no part of a network policy; there are ${known}.`)
    }
    if (list !== undefined) assertTexts(list, `"${name}" of a network policy`)
  }
  createNetworkGuard({ operator: policy })
}

/** @throws IsopodError `INVALID_OPTION` */
export function assertNameServers(servers: readonly string[] | undefined): void {
  if (servers === undefined) return
  assertTexts(servers, '"nameServers"')
  try {
    new Resolver().setServers(servers)
  } catch (error) {
    throw new IsopodError('INVALID_OPTION', `"nameServers" must be IP addresses: ${(error as Error).message}.`)
  }
  if (servers.length === 0) throw new IsopodError('INVALID_OPTION', '"nameServers" is empty; leave it out instead.')
}

function assertTexts(list: unknown, name: string): void {
  if (!Array.isArray(list) || list.length > MAX_ENTRIES || !list.every((entry) => typeof entry === 'string')) {
    throw new IsopodError('INVALID_OPTION', `${name} must be a list of at most ${MAX_ENTRIES} strings.`)
  }
}
