// What the routes of tenants take and answer.
import { z } from 'zod'
import type { Tier } from '../../stats.ts'
import type { NetworkPolicy } from '../../version.ts'

export const TIERS = ['main', 'probation'] as const

export interface TenantParams {
  readonly tenant: string
}

export interface TenantChange {
  readonly vouched?: boolean
  /** Replaces what was there. */
  readonly network?: NetworkPolicy
}

export interface TenantReport {
  readonly tenant: string
  readonly tier: Tier
  readonly vouched: boolean
  /** Since it came to probation. */
  readonly clean_tasks: number
  readonly probation_ms: number
  readonly network: NetworkPolicy
}

export interface TenantList {
  readonly tenants: readonly TenantReport[]
}

const names = z.array(z.string())
const network = z.strictObject({
  allow: names.exactOptional(),
  deny: names.exactOptional(),
  hosts: names.exactOptional(),
})

export const tenantParams: z.ZodType<TenantParams> = z.object({ tenant: z.string() })

export const tenantChange: z.ZodType<TenantChange> = z.strictObject({
  vouched: z.boolean().exactOptional(),
  network: network.exactOptional(),
})

export const tenantReport: z.ZodType<TenantReport> = z
  .object({
    tenant: z.string(),
    tier: z.enum(TIERS),
    vouched: z.boolean(),
    clean_tasks: z.number(),
    probation_ms: z.number(),
    network,
  })
  .describe('Where the tenant stands.')

export const tenantList: z.ZodType<TenantList> = z
  .object({ tenants: z.array(tenantReport) })
  .describe('Every tenant that was seen so far.')
