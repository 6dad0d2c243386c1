// What the routes of one version take and answer. What its plain values are, and secrets, is in no answer.
import { z } from 'zod'
import type { Limits } from '../../limits.ts'
import { type BindingConfig, type Mode, MODES, MOST_WARM } from '../../version.ts'
import type { VersionReport } from './deployment-shapes.ts'
import type { WorkerParams } from './worker-shapes.ts'

export interface VersionParams extends WorkerParams {
  readonly version: string
}

export interface VersionDetail extends VersionReport {
  /** Null where it has what the server is set to. */
  readonly mode: Mode | null
  /** Its own; the others are the server's. */
  readonly limits: Partial<Limits>
  readonly min_warm: number
  /** Names in `env` that stand for JSON. */
  readonly values: readonly string[]
  /** Names in `env` that stand for something else. */
  readonly bindings: Readonly<Record<string, BindingConfig>>
  /** Of the script; parts are beside it. */
  readonly script_bytes: number
  readonly parts: readonly string[]
  readonly assets: { readonly files: number; readonly bytes: number } | null
}

export interface VersionSource {
  /** As it was deployed: whether it is one, nobody has looked. Null where there is none. */
  readonly source_map: string | null
}

/** What becomes other than in the version it is made of. */
export interface RevisionBody {
  /** The id of that one. */
  readonly from: string
  /** One module that imports nothing, in place of the program that was there. Its ending says whether it is TypeScript. */
  readonly source?: { readonly code: string; readonly file: string }
  readonly mode?: Mode
  /** Instead of all that it had. */
  readonly limits?: Partial<Limits>
  readonly min_warm?: number
  readonly start: 'now' | 'on-demand'
  /** What the version gets of its worker's requests; 0: it is only stored. */
  readonly percent: number
  readonly message: string
}

/** In UTF-16 units: what a person may have typed. */
const MAX_SOURCE = 1024 * 1024

export const versionParams: z.ZodType<VersionParams> = z.object({
  tenant: z.string(),
  worker: z.string(),
  version: z.string(),
})

const binding = z.custom<BindingConfig>().describe('What it is: kv, service or assets.')

export const versionDetail: z.ZodType<VersionDetail> = z
  .object({
    version: z.string(),
    author: z.string(),
    message: z.string(),
    time: z.number(),
    mode: z.enum(MODES).nullable(),
    limits: z.record(z.string(), z.number()),
    min_warm: z.number(),
    values: z.array(z.string()),
    bindings: z.record(z.string(), binding),
    script_bytes: z.number(),
    parts: z.array(z.string()),
    assets: z.object({ files: z.number(), bytes: z.number() }).nullable(),
  })
  .describe('A version: what it may use, and what it is given.')

export const versionSource: z.ZodType<VersionSource> = z
  .object({ source_map: z.string().nullable() })
  .describe('The source map of its script, as it was deployed.')

export const revisionBody: z.ZodType<RevisionBody> = z.strictObject({
  from: z.string().min(1),
  source: z.strictObject({ code: z.string().max(MAX_SOURCE), file: z.string().min(1).max(200) }).exactOptional(),
  mode: z.enum(MODES).exactOptional(),
  limits: z.record(z.string(), z.number()).exactOptional(),
  min_warm: z.int().min(0).max(MOST_WARM).exactOptional(),
  start: z.enum(['now', 'on-demand']).default('now'),
  percent: z.int().min(0).max(100).default(100),
  message: z.string().max(1000).default(''),
})
