// Who asks. A token that is sent is always checked; without one the port trusts this machine, unless it was told not to, or
// listens elsewhere.
import type { FastifyRequest } from 'fastify'
import { isHashOf, type Tokens } from '../control/tokens.ts'
import { IsopodError } from '../errors.ts'
import type { GivenToken, Role } from '../wire/caller.ts'

export interface Caller {
  /** For the audit log, and as the author of what is made. */
  readonly name: string
  readonly role: Role
  /** The only one that the caller has to do with; all unless given. */
  readonly tenant: string | undefined
  /** What its requests are counted under. */
  readonly key: string
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Undefined before the door, and for those who did not say who they are where nobody has to. */
    caller: Caller | undefined
  }
}

export interface KnownTokens {
  readonly given: readonly GivenToken[]
  /** None where nothing is stored. */
  readonly stored: Tokens | undefined
}

/** @throws IsopodError `INTERNAL` where the route is open to everybody: it must not ask */
export function callerOf({ caller }: FastifyRequest): Caller {
  if (caller === undefined) throw new IsopodError('INTERNAL', 'This route does not know who asks.')
  return caller
}

/** What of a list the caller may see. */
export function visibleTo<T extends { readonly tenant: string }>({ tenant }: Caller, rows: readonly T[]): T[] {
  return rows.filter((row) => tenant === undefined || row.tenant === tenant)
}

/**
 * The one whose token was sent; undefined where none was.
 *
 * @throws IsopodError `UNAUTHORIZED`
 */
export function identify({ headers }: FastifyRequest, { given, stored }: KnownTokens): Caller | undefined {
  const { authorization } = headers
  if (authorization === undefined) return undefined
  const secret = /^Bearer +(\S+)$/i.exec(authorization)?.[1]
  if (secret !== undefined) {
    const known = given.find(({ hash }) => isHashOf(secret, hash))
    if (known !== undefined) {
      return { name: known.name, role: known.role, tenant: known.tenant, key: `token:${known.hash}` }
    }
    const token = stored?.find(secret)
    if (token !== undefined) {
      const { id, label, role, tenant } = token
      return { name: `${id} (${label})`, role, tenant, key: `token:${id}` }
    }
  }
  throw new IsopodError('UNAUTHORIZED', 'This token is not known, or not valid any more.')
}

/** Whoever may reach the port of this machine, and says no more about itself. */
export const LOOPBACK_CALLER: Caller = { name: 'loopback', role: 'admin', tenant: undefined, key: 'loopback' }
