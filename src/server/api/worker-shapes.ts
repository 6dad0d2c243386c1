// What the routes of workers take and answer.
import { z } from 'zod'
import type { Assets } from '../../assets.ts'
import type { Limits } from '../../limits.ts'
import { type BindingConfig, type Json, type Mode, MODES, MOST_WARM } from '../../version.ts'
import type { BundleText } from '../../wire/version-text.ts'

export interface WorkerParams {
  readonly tenant: string
  readonly worker: string
}

export interface DeployBody {
  readonly bundle: BundleText
  readonly id?: string
  readonly mode?: Mode
  readonly limits?: Partial<Limits>
  /** Instances that each host keeps ready for it. */
  readonly minWarm?: number
  readonly env?: Readonly<Record<string, Json>>
  readonly bindings?: Readonly<Record<string, BindingConfig>>
  /** Static files, whose contents were sent before. */
  readonly assets?: Assets
  /** Whether it is tried out on a host first. */
  readonly start: 'now' | 'on-demand'
  /** What the version gets of its worker's requests; 0: it is only stored. */
  readonly percent: number
  readonly message: string
}

export interface WorkerReport {
  readonly tenant: string
  readonly worker: string
  readonly version: string
}

export interface Removed {
  readonly removed: true
}

export const workerParams: z.ZodType<WorkerParams> = z.object({ tenant: z.string(), worker: z.string() })

const bundle = z.looseObject({ script: z.string(), parts: z.record(z.string(), z.unknown()) })

export const deployBody: z.ZodType<DeployBody> = z.strictObject({
  // Whether the parts are parts, and the script a bundle, is found out by those who know.
  bundle: bundle as unknown as z.ZodType<BundleText>,
  id: z.string().min(1).max(200).exactOptional(),
  mode: z.enum(MODES).exactOptional(),
  limits: z.record(z.string(), z.number()).exactOptional(),
  minWarm: z.int().min(0).max(MOST_WARM).exactOptional(),
  // What was JSON a moment ago needs no second look.
  env: z.record(z.string(), z.custom<Json>()).exactOptional(),
  // What is no binding, or no static file, is told by those who know.
  assets: z.custom<Assets>().exactOptional(),
  bindings: z.record(z.string(), z.custom<BindingConfig>()).exactOptional(),
  start: z.enum(['now', 'on-demand']).default('now'),
  percent: z.int().min(0).max(100).default(100),
  message: z.string().max(1000).default(''),
})

export const workerReport: z.ZodType<WorkerReport> = z
  .object({ tenant: z.string(), worker: z.string(), version: z.string() })
  .describe('The version that answers.')

export const removed: z.ZodType<Removed> = z.object({ removed: z.literal(true) }).describe('It is gone.')
