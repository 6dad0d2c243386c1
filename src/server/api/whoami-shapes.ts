// What the route that tells callers who they are answers.
import { z } from 'zod'
import { type Role, ROLES } from '../../wire/caller.ts'

export interface WhoamiReport {
  /** As it stands in the audit log. */
  readonly name: string
  readonly role: Role
  /** The only one the caller has to do with; null: all. */
  readonly tenant: string | null
}

export const whoamiReport: z.ZodType<WhoamiReport> = z
  .object({ name: z.string(), role: z.enum(ROLES), tenant: z.string().nullable() })
  .describe('Who asks.')
