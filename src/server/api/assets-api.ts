// How the contents of static files come to control: whoever deploys asks which of them are missing, sends those, and then
// the version that names them.
import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { isAssetHash, MAX_ASSET_BYTES } from '../../assets.ts'
import type { BlobStore } from '../../control/blob-store.ts'
import { IsopodError } from '../../errors.ts'
import { assertName } from '../../worker-name.ts'
import type { AdminServer } from '../admin-server.ts'
import { blobContent, blobParams, hashList, missingList, storedBlob } from './asset-shapes.ts'
import { tenantParams } from './tenant-shapes.ts'

export interface AssetsApiOptions {
  readonly blobs: BlobStore
}

const BYTES_TYPE = 'application/octet-stream'

export function addAssetsApi(app: AdminServer, { blobs }: AssetsApiOptions): void {
  // As it comes: nothing is read before the route has its say.
  app.addContentTypeParser(BYTES_TYPE, (_request, payload, done) => done(null, payload))
  app.post(
    '/api/tenants/:tenant/assets/missing',
    {
      config: { access: 'tenant' },
      schema: {
        summary: 'Which contents of static files are not there yet',
        params: tenantParams,
        body: hashList,
        response: { 200: missingList },
      },
    },
    async ({ body, params }) => {
      assertName(params.tenant, 'tenant')
      return { missing: blobs.missing(params.tenant, body.hashes) }
    },
  )
  app.put(
    '/api/tenants/:tenant/assets/:hash',
    {
      config: { access: 'tenant', takesBytes: true },
      schema: {
        summary: 'Send the content of a static file, as application/octet-stream',
        consumes: [BYTES_TYPE],
        params: blobParams,
        body: blobContent,
        response: { 200: storedBlob },
      },
    },
    async (request, reply) => {
      const { hash, tenant } = request.params
      try {
        assertName(tenant, 'tenant')
        if (!isAssetHash(hash)) throw new IsopodError('INVALID_OPTION', 'Contents are named by their SHA-256 hash.')
        if (request.headers['content-type'] !== BYTES_TYPE) {
          throw new IsopodError('INVALID_OPTION', `Send the content as it is, with content-type: ${BYTES_TYPE}.`)
        }
        if (Number(request.headers['content-length'] ?? 0) > MAX_ASSET_BYTES) throw tooLarge()
        return { hash, bytes: await store(blobs, { hash, tenant, content: request.body as Readable }) }
      } catch (error) {
        // Whoever is refused may go on sending.
        void reply.header('connection', 'close')
        throw error
      }
    },
  )
}

/** Returns how many bytes it has. */
async function store(
  blobs: BlobStore,
  { content, hash, tenant }: { readonly content: Readable; readonly hash: string; readonly tenant: string },
): Promise<number> {
  const upload = blobs.begin(tenant)
  const digest = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of content as AsyncIterable<Uint8Array>) {
      bytes += chunk.byteLength
      if (bytes > MAX_ASSET_BYTES) throw tooLarge()
      digest.update(chunk)
      upload.write(chunk)
    }
    const actual = digest.digest('hex')
    if (actual !== hash) {
      throw new IsopodError('INVALID_OPTION', `The content has the hash ${actual}, not ${hash}.`)
    }
    upload.finish(hash)
    return bytes
  } catch (error) {
    upload.abandon()
    if (error instanceof IsopodError) throw error
    throw new IsopodError('INVALID_REQUEST', 'The content broke off.', { cause: error })
  }
}

function tooLarge(): IsopodError {
  return new IsopodError('REQUEST_TOO_LARGE', `A static file may have ${MAX_ASSET_BYTES} bytes.`)
}
