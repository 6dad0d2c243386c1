// What operators ask of KV: the namespaces of a tenant, their keys, and values. Values are given as the bytes they are, and
// taken as text or base64 in JSON: like all that changes something.
import type { KvNamespaces } from '../../control/kv/threaded-kv-store.ts'
import { IsopodError } from '../../errors.ts'
import { assertFacts, assertKey, assertLimit, assertPrefix, expiresAt } from '../../host/kv/check-kv.ts'
import { cursorAfter, keyOfCursor, listedKey } from '../../host/kv/kv-listing.ts'
import { type KvEntry, type KvScope, partCount } from '../../host/kv/kv-store.ts'
import { partsOf } from '../../host/kv/value-parts.ts'
import { assertName, isName } from '../../worker-name.ts'
import type { AdminServer } from '../admin-server.ts'
import {
  keyList,
  type KeyParams,
  keyParams,
  keyQuery,
  type KeyReport,
  kvDeleted,
  kvStored,
  kvValue,
  kvValueBody,
  namespaceList,
  type NamespaceParams,
  namespaceParams,
} from './kv-shapes.ts'
import { tenantParams } from './tenant-shapes.ts'

export interface KvApiOptions {
  readonly kv: KvNamespaces
}

const NAMESPACE = '/api/tenants/:tenant/kv/:namespace'

export function addKvApi(app: AdminServer, { kv }: KvApiOptions): void {
  app.get(
    '/api/tenants/:tenant/kv',
    {
      config: { access: 'tenant' },
      schema: { summary: 'The KV namespaces of a tenant', params: tenantParams, response: { 200: namespaceList } },
    },
    async ({ params }) => {
      assertName(params.tenant, 'tenant')
      return { namespaces: await kv.namespaces(params.tenant) }
    },
  )
  app.get(
    `${NAMESPACE}/keys`,
    {
      config: { access: 'tenant' },
      schema: {
        summary: 'The keys of a KV namespace',
        params: namespaceParams,
        querystring: keyQuery,
        response: { 200: keyList },
      },
    },
    async ({ params, query }) => {
      const { cursor, limit, prefix } = query
      assertPrefix(prefix)
      assertLimit(limit)
      const after = cursor === undefined ? undefined : keyOfCursor(cursor)
      const { isComplete, keys } = await kv.list(scopeOf(params), { prefix, limit, after })
      const last = keys.at(-1)
      return {
        keys: keys.map(listedKey) as unknown as KeyReport[],
        list_complete: isComplete,
        ...(isComplete || last === undefined ? {} : { cursor: cursorAfter(last.key) }),
      }
    },
  )
  app.get(
    `${NAMESPACE}/keys/:key`,
    {
      config: { access: 'tenant' },
      schema: { summary: 'A value, as the bytes it is', params: keyParams, response: { 200: kvValue } },
    },
    async ({ params }, reply) => {
      const scope = scopeOf(params)
      const entry = await kv.get(scope, keyOf(params))
      if (entry === undefined) throw new IsopodError('NOT_FOUND', 'There is no such key.')
      const { expires, metadata } = entry
      if (metadata !== undefined) reply.header('kv-metadata', encodeURIComponent(metadata))
      if (expires !== undefined) reply.header('kv-expiration', expires)
      return reply.type('application/octet-stream').send(await wholeOf(kv, scope, entry))
    },
  )
  app.put(
    `${NAMESPACE}/keys/:key`,
    {
      config: { access: 'tenant' },
      schema: { summary: 'Set a value', params: keyParams, body: kvValueBody, response: { 200: kvStored } },
    },
    async ({ body, params }) => {
      const { base64, expiration, expiration_ttl: expirationTtl, metadata, text = '' } = body
      const facts = {
        metadata: metadata === undefined ? undefined : JSON.stringify(metadata),
        expires: expiresAt({ expiration, expirationTtl }, Date.now()),
      }
      assertFacts(facts)
      const bytes = base64 === undefined ? Buffer.from(text) : Buffer.from(base64, 'base64')
      await kv.put(scopeOf(params), { key: keyOf(params), parts: partsOf(bytes), ...facts })
      return { stored: true } as const
    },
  )
  app.delete(
    `${NAMESPACE}/keys/:key`,
    {
      config: { access: 'tenant' },
      schema: { summary: 'Delete a key', params: keyParams, response: { 200: kvDeleted } },
    },
    async ({ params }) => {
      await kv.delete(scopeOf(params), keyOf(params))
      return { deleted: true } as const
    },
  )
}

function scopeOf({ namespace, tenant }: NamespaceParams): KvScope {
  assertName(tenant, 'tenant')
  if (!isName(namespace)) throw new IsopodError('INVALID_OPTION', 'A KV namespace is named as workers are.')
  return { tenant, namespace }
}

function keyOf({ key }: KeyParams): string {
  assertKey(key)
  return key
}

async function wholeOf(kv: KvNamespaces, scope: KvScope, { id, size, value: whole }: KvEntry): Promise<Uint8Array> {
  if (whole !== undefined) return whole
  const parts: Uint8Array[] = []
  for (let index = 0; index < partCount(size); index++) {
    const part = await kv.part(scope, { id, index })
    if (part === undefined) throw new IsopodError('STORE_FAILED', 'The value was replaced while it was being read.')
    parts.push(part)
  }
  return Buffer.concat(parts)
}
