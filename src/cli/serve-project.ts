// A project on its way to a server for development: deployed, and deployed again as its files change.
import { join } from 'node:path'
import type { Client } from '../client/client.ts'
import { readDevVars } from '../project/dev-vars.ts'
import { readProject } from '../project/read-project.ts'
import { buildProject, deployProject } from './deploy-project.ts'
import { reportError } from './report-error.ts'
import { watchFiles } from './watch-files.ts'
import { DEFAULT_TENANT } from './worker-option.ts'

export interface ServedProject {
  readonly folder: string
  readonly name: string
  readonly environment?: string
}

/** Resolves when it answers; then it is followed, if told to. */
export async function serveProject(
  { environment, folder }: ServedProject,
  { client, watch }: { readonly client: Promise<Client>; readonly watch: boolean },
): Promise<void> {
  let toldWarnings = ''
  const deploy = async (): Promise<{ readonly files: readonly string[]; readonly worker: string }> => {
    const project = await readProject(folder, environment === undefined ? {} : { environment })
    const built = await buildProject(project)
    const warnings = built.warnings.map((warning) => `${project.worker}: ${warning}\n`).join('')
    if (warnings !== toldWarnings) process.stderr.write(warnings)
    toldWarnings = warnings
    // In development all belongs to the operator: nobody has to be vouched for.
    await deployProject(await client, built, { tenant: DEFAULT_TENANT, env: await readDevVars(folder) })
    const assets = project.assets
    const assetFiles =
      assets === undefined
        ? []
        : Object.keys(built.assets?.manifest.files ?? {}).map((path) => join(assets.folder, path))
    const vars = ['.dev.vars', '.env'].map((name) => join(folder, name))
    return { files: [...built.files, ...vars, ...assetFiles], worker: project.worker }
  }
  const sinceMs = Date.now()
  const { files, worker } = await deploy()
  if (!watch) return
  const onChange = async (): Promise<readonly string[] | undefined> => {
    const startMs = performance.now()
    try {
      const next = await deploy()
      process.stdout.write(`${next.worker}: reloaded in ${Math.round(performance.now() - startMs)} ms\n`)
      return next.files
    } catch (error) {
      reportError(error, { stack: false })
      process.stderr.write(`${worker}: the last good version goes on\n`)
      return undefined
    }
  }
  watchFiles({ files, sinceMs, onChange })
}
