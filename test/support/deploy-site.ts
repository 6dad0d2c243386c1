// Static files as a deployer brings them to a server: what is missing is sent, then the version that names it is deployed.
import { ASSETS_ONLY_BUNDLE } from '../../src/assets-only.ts'
import type { Assets } from '../../src/assets.ts'
import { bundleSource } from '../../src/bundle/bundle-source.ts'
import type { Refusal, WorkerAddress } from '../../conformance/support/admin-client.ts'
import type { TestFleet } from './fleet.ts'
import { type Contents, hashOf, manifestOf } from './site.ts'

export interface SiteDeployment extends Partial<Assets> {
  /** Source of the worker; without one there are only the files. */
  readonly worker?: string
}

/** Returns the hashes that were sent. */
export async function sendContents(fleet: TestFleet, tenant: string, contents: Contents): Promise<readonly string[]> {
  const byHash = new Map(Object.values(contents).map((content) => [hashOf(content), content]))
  const missing = await missingOf(fleet, tenant, [...byHash.keys()])
  for (const hash of missing) {
    const { status } = await sendBlob(fleet, { tenant, hash, content: byHash.get(hash) ?? '' })
    if (status !== 200) throw new Error(`the content was answered with ${status}`)
  }
  return missing
}

export async function deploySite(
  fleet: TestFleet,
  address: WorkerAddress,
  { contents, ...rest }: SiteDeployment & { readonly contents: Contents },
): Promise<void> {
  await sendContents(fleet, address.tenant, contents)
  const refusal = await tryDeploySite(fleet, address, { contents, ...rest })
  if (refusal !== undefined) throw new Error(`not deployed: ${refusal.code}: ${refusal.message}`)
}

/** Without sending anything before. */
export function tryDeploySite(
  fleet: TestFleet,
  address: WorkerAddress,
  { contents, worker, ...settings }: SiteDeployment & { readonly contents: Contents },
): Promise<Refusal> {
  const bundle = worker === undefined ? ASSETS_ONLY_BUNDLE : bundleSource(worker)
  const assets = manifestOf(contents, settings)
  return fleet.admin.deploy(address, { bundle, assets }, AbortSignal.timeout(60_000))
}

export async function missingOf(fleet: TestFleet, tenant: string, hashes: readonly string[]): Promise<string[]> {
  const response = await fetch(`http://127.0.0.1:${fleet.serve.adminPort}/api/tenants/${tenant}/assets/missing`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ hashes }),
  })
  if (!response.ok) throw new Error(`the question was answered with ${response.status}`)
  return ((await response.json()) as { missing: string[] }).missing
}

interface Blob {
  readonly tenant: string
  readonly hash: string
  readonly content: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

export async function sendBlob(
  fleet: TestFleet,
  { content, hash, headers = { 'content-type': 'application/octet-stream' }, tenant }: Blob,
): Promise<{ readonly status: number; readonly code: string | undefined }> {
  const url = `http://127.0.0.1:${fleet.serve.adminPort}/api/tenants/${tenant}/assets/${hash}`
  // As bytes: a text would have a content type of its own.
  const body = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)
  const response = await fetch(url, { method: 'PUT', headers, body })
  const { error } = (await response.json()) as { error?: { code: string } }
  return { status: response.status, code: error?.code }
}
