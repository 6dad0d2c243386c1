// What the routes of tokens and of the audit log take and answer.
import { z } from 'zod'
import { type Role, ROLES } from '../../wire/caller.ts'

export interface TokenParams {
  readonly id: string
}

export interface TokenBody {
  readonly role: Role
  /** The one it is for; a deployer has one, an admin none. */
  readonly tenant?: string
  readonly label: string
  /** Unix time in milliseconds; never unless given. */
  readonly expires?: number
}

export interface TokenReport {
  readonly id: string
  readonly role: Role
  readonly tenant: string | null
  readonly label: string
  /** When it was made: Unix time in milliseconds, as `expires`. */
  readonly time: number
  readonly expires: number | null
}

export interface NewToken extends TokenReport {
  /** Shown this once. */
  readonly secret: string
}

export interface TokenList {
  readonly tokens: readonly TokenReport[]
}

export interface Revoked {
  readonly revoked: true
}

export interface AuditQuery {
  readonly limit: number
}

export interface AuditReport {
  readonly number: number
  /** Unix time in milliseconds. */
  readonly time: number
  readonly actor: string
  readonly action: string
  readonly tenant: string | null
  readonly worker: string | null
  readonly status: number
}

export interface AuditList {
  readonly audit: readonly AuditReport[]
}

const MAX_ROWS = 10_000

const tokenReport = z.object({
  id: z.string(),
  role: z.enum(ROLES),
  tenant: z.string().nullable(),
  label: z.string(),
  time: z.number(),
  expires: z.number().nullable(),
})

export const tokenParams: z.ZodType<TokenParams> = z.object({ id: z.string() })

export const tokenBody: z.ZodType<TokenBody> = z.strictObject({
  role: z.enum(ROLES),
  tenant: z.string().exactOptional(),
  label: z.string(),
  expires: z.int().exactOptional(),
})

export const newToken: z.ZodType<NewToken> = tokenReport
  .extend({ secret: z.string() })
  .describe('The token, with its secret, which is shown this once.')

export const tokenList: z.ZodType<TokenList> = z
  .object({ tokens: z.array(tokenReport) })
  .describe('Every token, oldest first, without its secret.')

export const revoked: z.ZodType<Revoked> = z.object({ revoked: z.literal(true) }).describe('It opens nothing any more.')

export const auditQuery: z.ZodType<AuditQuery> = z.object({
  limit: z.coerce.number().int().min(1).max(MAX_ROWS).default(100),
})

export const auditList: z.ZodType<AuditList> = z
  .object({
    audit: z.array(
      z.object({
        number: z.number(),
        time: z.number(),
        actor: z.string(),
        action: z.string(),
        tenant: z.string().nullable(),
        worker: z.string().nullable(),
        status: z.number(),
      }),
    ),
  })
  .describe('Who changed what, newest first.')
