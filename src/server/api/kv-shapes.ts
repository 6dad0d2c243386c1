// What the routes of KV take and answer. A value comes as the bytes it is; what JSON says of it is in the headers `kv-metadata`
// (percent-encoded JSON) and `kv-expiration` (Unix time in seconds).
import { z } from 'zod'
import type { KvNamespaceReport } from '../../host/kv/kv-store.ts'
import type { Json } from '../../version.ts'
import type { TenantParams } from './tenant-shapes.ts'

export interface NamespaceParams extends TenantParams {
  readonly namespace: string
}

export interface KeyParams extends NamespaceParams {
  readonly key: string
}

export interface KeyQuery {
  readonly prefix: string
  readonly limit: number
  readonly cursor?: string
}

export interface NamespaceList {
  readonly namespaces: readonly KvNamespaceReport[]
}

export interface KeyReport {
  readonly name: string
  /** Unix time in seconds. */
  readonly expiration?: number
  readonly metadata?: Json
}

export interface KeyList {
  readonly keys: readonly KeyReport[]
  readonly list_complete: boolean
  /** For the keys that follow. */
  readonly cursor?: string
}

/** One of `text` and `base64`. */
export interface KvValueBody {
  readonly text?: string
  readonly base64?: string
  readonly metadata?: Json
  readonly expiration?: number
  readonly expiration_ttl?: number
}

export interface KvStored {
  readonly stored: true
}

export interface KvDeleted {
  readonly deleted: true
}

export const namespaceParams: z.ZodType<NamespaceParams> = z.object({ tenant: z.string(), namespace: z.string() })

export const keyParams: z.ZodType<KeyParams> = z.object({
  tenant: z.string(),
  namespace: z.string(),
  key: z.string().describe('Encoded as a part of a path.'),
})

export const keyQuery: z.ZodType<KeyQuery> = z.strictObject({
  prefix: z.string().default(''),
  limit: z.coerce.number().default(1000),
  cursor: z.string().exactOptional(),
})

export const namespaceList: z.ZodType<NamespaceList> = z
  .object({ namespaces: z.array(z.looseObject({}) as unknown as z.ZodType<KvNamespaceReport>) })
  .describe('Namespaces with at least one key.')

export const keyList: z.ZodType<KeyList> = z
  .object({
    keys: z.array(z.looseObject({ name: z.string() }) as unknown as z.ZodType<KeyReport>),
    list_complete: z.boolean(),
    cursor: z.string().exactOptional(),
  })
  .describe('Keys in order.')

export const kvValue: z.ZodType<unknown> = z.unknown().describe('The value, byte for byte.')

export const kvValueBody: z.ZodType<KvValueBody> = z
  .strictObject({
    text: z.string().exactOptional(),
    base64: z.base64().exactOptional(),
    metadata: z.custom<Json>().exactOptional(),
    expiration: z.number().exactOptional(),
    expiration_ttl: z.number().exactOptional(),
  })
  .refine(({ base64, text }) => (text === undefined) !== (base64 === undefined), 'give either text or base64')

export const kvStored: z.ZodType<KvStored> = z.object({ stored: z.literal(true) }).describe('It is on disk.')

export const kvDeleted: z.ZodType<KvDeleted> = z.object({ deleted: z.literal(true) }).describe('It is gone.')
