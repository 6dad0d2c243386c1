// What the routes of static files take and answer.
import { z } from 'zod'
import { isAssetHash, MAX_ASSET_FILES } from '../../assets.ts'
import type { TenantParams } from './tenant-shapes.ts'

export interface BlobParams extends TenantParams {
  /** SHA-256 of the content, in hexadecimal. */
  readonly hash: string
}

export interface HashList {
  readonly hashes: readonly string[]
}

export interface MissingList {
  readonly missing: readonly string[]
}

export interface StoredBlob {
  readonly hash: string
  readonly bytes: number
}

const hash = z.string().refine(isAssetHash, 'a SHA-256 hash: 64 hexadecimal digits')

export const blobParams: z.ZodType<BlobParams> = z.object({ tenant: z.string(), hash: z.string() })

/** Not looked into here: it comes as a stream. */
export const blobContent: z.ZodType<unknown> = z.unknown().describe('The content, byte for byte.')

export const hashList: z.ZodType<HashList> = z.strictObject({ hashes: z.array(hash).max(MAX_ASSET_FILES) })

export const missingList: z.ZodType<MissingList> = z
  .object({ missing: z.array(z.string()) })
  .describe('What has to be sent before a version may name it.')

export const storedBlob: z.ZodType<StoredBlob> = z
  .object({ hash: z.string(), bytes: z.number() })
  .describe('The content is kept.')
