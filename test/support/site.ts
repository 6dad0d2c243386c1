// A data port over a runtime with a worker that has static files, whose contents are in memory; and what such files are
// called in a version.
import { createHash } from 'node:crypto'
import { ASSETS_ONLY_BINDINGS, ASSETS_ONLY_BUNDLE } from '../../src/assets-only.ts'
import { ASSET_PIECE_BYTES, type AssetFile, type Assets } from '../../src/assets.ts'
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import type { PieceAddress } from '../../src/host/assets/asset-body.ts'
import { HttpIngress } from '../../src/host/http/http-ingress.ts'
import { Runtime } from '../../src/host/runtime.ts'
import type { TaskRecord } from '../../src/task.ts'
import { type Answer, request, type RequestOptions } from './cli.ts'

export type Contents = Readonly<Record<string, string | Uint8Array>>

export function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

export function manifestOf(contents: Contents, settings: Partial<Assets> = {}): Assets {
  const files: Record<string, AssetFile> = {}
  for (const [path, content] of Object.entries(contents)) {
    files[path] = { hash: hashOf(content), bytes: Buffer.byteLength(content), type: 'text/plain; charset=utf-8' }
  }
  return { files, notFound: 'none', workerFirst: false, ...settings }
}

export interface TestSite extends AsyncDisposable {
  readonly port: number
  /** Tasks of the worker. */
  readonly records: readonly TaskRecord[]
  get(path: string, options?: RequestOptions): Promise<Answer>
}

interface SiteOptions extends Partial<Assets> {
  /** Source of the worker; without one there are only the files. */
  readonly worker?: string
  /** How the content of a file is had. */
  readonly read?: (address: PieceAddress, piece: Uint8Array) => Uint8Array | Promise<Uint8Array>
}

export async function startSite(contents: Contents, options: SiteOptions = {}): Promise<TestSite> {
  const { read = (_address, piece) => piece, worker, ...settings } = options
  const records: TaskRecord[] = []
  const pieces = {
    read(address: PieceAddress): Uint8Array | Promise<Uint8Array> {
      const offset = address.index * ASSET_PIECE_BYTES
      const content = Buffer.from(contents[address.path] ?? '')
      return read(address, content.subarray(offset, offset + ASSET_PIECE_BYTES))
    },
  }
  const runtime = new Runtime(
    { reserveSize: 0, observer: { taskEnded: (record) => void records.push(record) } },
    { pieces },
  )
  const bundle = worker === undefined ? ASSETS_ONLY_BUNDLE : bundleSource(worker)
  await runtime.load({ worker: 'site', bundle, bindings: ASSETS_ONLY_BINDINGS, assets: manifestOf(contents, settings) })
  const ingress = new HttpIngress(runtime)
  await ingress.listen({ port: 0 })
  return {
    port: ingress.address.port,
    records,
    get: (path, more = {}) => request(ingress.address.port, path, { host: 'site.localhost', ...more }),
    async [Symbol.asyncDispose]() {
      await ingress.close()
      await runtime.close()
    },
  }
}
