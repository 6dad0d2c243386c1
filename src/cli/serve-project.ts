// A project on its way to a server for development: deployed, and deployed again as its files change.
import { join } from 'node:path'
import { readDevVars } from '../project/dev-vars.ts'
import { readProject } from '../project/read-project.ts'
import type { Json } from '../version.ts'
import { type BuildOptions, type BuiltProject, buildProject } from './deploy-project.ts'
import { reportError } from './report-error.ts'
import { watchFiles } from './watch-files.ts'

export interface ServedProject {
  readonly folder: string
  readonly name: string
  readonly environment?: string
}

/** Makes it what answers; `env` holds what is not in the project's configuration. */
type DeployBuilt = (built: BuiltProject, env: Readonly<Record<string, Json>>) => Promise<void>

interface ServeProjectOptions {
  readonly deploy: DeployBuilt
  readonly watch: boolean
  readonly build?: BuildOptions
}

/** Resolves when it answers; then it is followed, if told to. */
export async function serveProject(
  { environment, folder }: ServedProject,
  { deploy: deployBuilt, watch, build = {} }: ServeProjectOptions,
): Promise<Disposable> {
  let toldWarnings = ''
  const deploy = async (): Promise<{ readonly files: readonly string[]; readonly worker: string }> => {
    const project = await readProject(folder, environment === undefined ? {} : { environment })
    const built = await buildProject(project, build)
    const warnings = built.warnings.map((warning) => `${project.worker}: ${warning}\n`).join('')
    if (warnings !== toldWarnings) process.stderr.write(warnings)
    toldWarnings = warnings
    await deployBuilt(built, await readDevVars(folder))
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
  if (!watch) return { [Symbol.dispose]: () => undefined }
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
  return watchFiles({ files, sinceMs, onChange })
}
