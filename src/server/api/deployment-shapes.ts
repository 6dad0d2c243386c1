// What the routes of versions and deployments take and answer.
import { z } from 'zod'
import type { WorkerReport } from './worker-shapes.ts'

export interface ShareReport {
  readonly version: string
  /** Of the worker's requests. */
  readonly percent: number
}

/** A worker with all versions that answer for it; `version` is the one that does most. */
export interface LiveWorkerReport extends WorkerReport {
  readonly split: readonly ShareReport[]
}

export interface LiveWorkerList {
  readonly workers: readonly LiveWorkerReport[]
}

export interface VersionReport {
  readonly version: string
  readonly author: string
  readonly message: string
  /** Unix time in milliseconds; 0 where it is not known. */
  readonly time: number
}

export interface VersionList {
  readonly versions: readonly VersionReport[]
}

export interface DeploymentReport {
  readonly deployment: number
  readonly author: string
  readonly message: string
  readonly time: number
  /** A version that is not kept any more has no id. */
  readonly split: readonly { readonly version: string | null; readonly percent: number }[]
}

export interface DeploymentList {
  readonly deployments: readonly DeploymentReport[]
}

export interface RedeployBody {
  readonly split: readonly ShareReport[]
  readonly message: string
}

export interface RollbackBody {
  readonly version?: string
  readonly message: string
}

const share = z.strictObject({ version: z.string().min(1), percent: z.int() })
const message = z.string().max(1000).default('')
const note = { author: z.string(), message: z.string(), time: z.number() }

export const liveWorkerReport: z.ZodType<LiveWorkerReport> = z
  .object({ tenant: z.string(), worker: z.string(), version: z.string(), split: z.array(share) })
  .describe('The versions that answer.')

export const liveWorkerList: z.ZodType<LiveWorkerList> = z
  .object({ workers: z.array(liveWorkerReport) })
  .describe('Every worker with the versions that answer.')

export const versionList: z.ZodType<VersionList> = z
  .object({ versions: z.array(z.object({ version: z.string(), ...note })) })
  .describe('The versions that are kept, newest first.')

export const deploymentList: z.ZodType<DeploymentList> = z
  .object({
    deployments: z.array(
      z.object({
        deployment: z.number(),
        ...note,
        split: z.array(z.object({ version: z.string().nullable(), percent: z.number() })),
      }),
    ),
  })
  .describe('What answered since when, newest first.')

export const redeployBody: z.ZodType<RedeployBody> = z.strictObject({ split: z.array(share), message })

export const rollbackBody: z.ZodType<RollbackBody> = z.strictObject({
  version: z.string().min(1).exactOptional().describe('The one that answered before the present one unless given.'),
  message,
})
