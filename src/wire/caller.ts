// Who may ask the admin port: roles, and tokens that are valid for as long as a server runs without being stored.
import { createHash } from 'node:crypto'

export const ROLES = ['admin', 'deployer', 'reader'] as const
/**
 * `admin` may do everything; `deployer` everything below its own tenant, and nothing else; `reader` only look, at its own
 * tenant's things where it has one.
 */
export type Role = (typeof ROLES)[number]

export interface GivenToken {
  /** See `hashOf`. */
  readonly hash: string
  /** For the audit log. */
  readonly name: string
  readonly role: Role
  readonly tenant: string | undefined
}

/** A secret of 256 random bits needs no salt, and no slow hash. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
