// A project on its way to a server: bundled here, its static files sent as far as they are missing there, then deployed with
// its routes and schedules.
import { ASSETS_ONLY_BINDINGS, ASSETS_ONLY_BUNDLE } from '../assets-only.ts'
import { bundleProject, type BundleProjectOptions } from '../bundle/bundle-project.ts'
import { type CollectedAssets, collectAssets } from '../bundle/collect-assets.ts'
import type { Client, NewVersion } from '../client/client.ts'
import { CronClocks } from '../control/cron-clock.ts'
import { parsePattern } from '../host/routing/route-patterns.ts'
import type { Project } from '../project/project.ts'
import type { WorkerParams, WorkerReport } from '../server/api/worker-shapes.ts'
import type { BindingConfig, Bundle, Json } from '../version.ts'

export interface BuiltProject {
  readonly project: Project
  readonly bundle: Bundle
  readonly assets: CollectedAssets | undefined
  /** What it was made of: a change of one of them makes another. */
  readonly files: readonly string[]
  /** For people; whole sentences. */
  readonly warnings: readonly string[]
}

const SENT_AT_ONCE = 4

export type BuildOptions = Pick<BundleProjectOptions, 'treeshake'>

export async function buildProject(project: Project, options: BuildOptions = {}): Promise<BuiltProject> {
  const { compatibilityFlags, entry, rules } = project
  const bundled =
    entry === undefined
      ? { bundle: ASSETS_ONLY_BUNDLE, watchFiles: [], warnings: [] }
      : await bundleProject({ ...options, entry, compatibilityFlags, partRules: rules })
  const assets =
    project.assets === undefined
      ? undefined
      : await collectAssets(project.assets.folder, {
          notFound: project.assets.notFound,
          workerFirst: project.assets.workerFirst,
        })
  const ignored =
    project.network === undefined ? [] : ['What "network" says is not deployed: the operator sets it for a tenant.']
  return {
    project,
    bundle: bundled.bundle,
    assets,
    files: [project.file, ...bundled.watchFiles],
    warnings: [...project.warnings, ...bundled.warnings, ...(assets?.warnings ?? []), ...ignored],
  }
}

export interface DeployProjectOptions {
  readonly tenant: string
  readonly message?: string
  /** Of the worker's requests; all unless given. */
  readonly percent?: number
  /** Beside, and before, those of the project. */
  readonly env?: Readonly<Record<string, Json>>
}

/** Resolves when every host answers with it. */
export async function deployProject(
  client: Client,
  { assets, bundle, project }: BuiltProject,
  { env, message, percent, tenant }: DeployProjectOptions,
): Promise<WorkerReport> {
  // A version that is live and a schedule that is none would be half a deployment.
  const clocks = new CronClocks()
  for (const schedule of project.schedules) clocks.get(schedule)
  for (const route of project.routes) parsePattern(route)
  const worker: WorkerParams = { tenant, worker: project.worker }
  if (assets !== undefined) await sendAssets(client, tenant, assets)
  const { limits, minWarm, mode } = project
  const version: NewVersion = {
    bundle,
    env: { ...project.env, ...env },
    bindings: bindingsOf(project),
    limits,
    ...(mode === undefined ? {} : { mode }),
    ...(minWarm === undefined ? {} : { minWarm }),
    ...(assets === undefined ? {} : { assets: assets.manifest }),
    ...(message === undefined ? {} : { message }),
    ...(percent === undefined ? {} : { percent }),
  }
  const report = await client.deploy(worker, version)
  // What only some requests see has no say in where requests come from.
  if (percent === undefined || percent === 100) {
    await client.setRoutes(worker, { routes: project.routes })
    await client.setSchedules(worker, { schedules: project.schedules })
  }
  return report
}

/** With those for its static files. */
export function bindingsOf({ assets, bindings, entry }: Project): Readonly<Record<string, BindingConfig>> {
  if (assets === undefined) return bindings
  if (entry === undefined) return { ...bindings, ...ASSETS_ONLY_BINDINGS }
  return assets.binding === undefined ? bindings : { ...bindings, [assets.binding]: { type: 'assets' } }
}

async function sendAssets(client: Client, tenant: string, { manifest, read }: CollectedAssets): Promise<void> {
  const pathOf = new Map(Object.entries(manifest.files).map(([path, { hash }]) => [hash, path]))
  const { missing } = await client.missingAssets({ tenant }, { hashes: [...pathOf.keys()] })
  const waiting = [...missing]
  const send = async (): Promise<void> => {
    for (let hash = waiting.pop(); hash !== undefined; hash = waiting.pop()) {
      await client.sendAsset({ tenant, hash }, await read(pathOf.get(hash) ?? ''))
    }
  }
  await Promise.all(Array.from({ length: SENT_AT_ONCE }, send))
}
