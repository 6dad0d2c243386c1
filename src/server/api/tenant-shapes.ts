// What the routes of tenants take and answer.
import { z } from 'zod'
import { LARGEST_QUOTA, LEAST_RATE, MOST_WEIGHT, type TenantQuota } from '../../quota.ts'
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
  /** Likewise. */
  readonly quota?: TenantQuota
  /** From 1 to 100: what it gets of a host's time beside tenants of other weights. */
  readonly weight?: number
}

export interface TenantReport {
  readonly tenant: string
  readonly tier: Tier
  readonly vouched: boolean
  /** Since it came to probation. */
  readonly clean_tasks: number
  readonly probation_ms: number
  readonly network: NetworkPolicy
  readonly quota: TenantQuota
  readonly weight: number
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

const count = z.int().min(1).max(LARGEST_QUOTA)
const quota: z.ZodType<TenantQuota> = z
  .strictObject({
    requestsPerSecond: z.number().min(LEAST_RATE).max(LARGEST_QUOTA).exactOptional(),
    concurrentTasks: count.exactOptional(),
    workers: z.int().min(0).max(LARGEST_QUOTA).exactOptional(),
    cpuMsPerMinute: count.exactOptional(),
    subrequestsPerMinute: count.exactOptional(),
    egressBytesPerMinute: count.exactOptional(),
  })
  .describe('What all of its workers may use together. Whatever is not given has no bound.')

const weight = z.int().min(1).max(MOST_WEIGHT)

export const tenantParams: z.ZodType<TenantParams> = z.object({ tenant: z.string() })

export const tenantChange: z.ZodType<TenantChange> = z.strictObject({
  vouched: z.boolean().exactOptional(),
  network: network.exactOptional(),
  quota: quota.exactOptional(),
  weight: weight.exactOptional(),
})

export const tenantReport: z.ZodType<TenantReport> = z
  .object({
    tenant: z.string(),
    tier: z.enum(TIERS),
    vouched: z.boolean(),
    clean_tasks: z.number(),
    probation_ms: z.number(),
    network,
    quota,
    weight,
  })
  .describe('Where the tenant stands.')

export const tenantList: z.ZodType<TenantList> = z
  .object({ tenants: z.array(tenantReport) })
  .describe('Every tenant that was seen so far.')
