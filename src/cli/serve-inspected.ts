// `isopod dev --inspect`: a project in this process, on threads of its own, so that a debugger can hold it wherever it is.
// No limit on time ends what somebody looks at.
import { locateProject } from '../bundle/project-root.ts'
import type { Settings } from '../config/settings.ts'
import { IsopodError } from '../errors.ts'
import { InspectServer } from '../host/inspect/inspect-server.ts'
import { hostObserver } from '../host/process/host-observer.ts'
import { Runtime } from '../host/runtime.ts'
import type { Limits } from '../limits.ts'
import { bindingsOf } from './deploy-project.ts'
import { ProjectPieces } from './project-pieces.ts'
import { answerInProcess } from './serve-in-process.ts'
import { type ServedProject, serveProject } from './serve-project.ts'
import { runtimeOptionsOf } from './setting-options.ts'

const DAY_MS = 24 * 3600 * 1000
const UNLIMITED: Partial<Limits> = {
  cpuMs: DAY_MS,
  startupCpuMs: DAY_MS,
  wallMs: DAY_MS,
  startupWallMs: DAY_MS,
  waitUntilMs: DAY_MS,
}

interface InspectedOptions {
  readonly settings: Settings
  readonly watch: boolean
  readonly inspectPort: number
  /** The project's module; absolute. */
  readonly entry: string | undefined
}

export async function serveInspected(
  project: ServedProject,
  { settings, watch, inspectPort, entry }: InspectedOptions,
): Promise<void> {
  if (entry === undefined) {
    throw new IsopodError('INVALID_OPTION', 'The project is static files only: there is no program to inspect.')
  }
  // isolated-vm 7 ends the process with the first session on later ones.
  if (!process.versions.node.startsWith('24.')) {
    throw new IsopodError('INVALID_OPTION', `--inspect works on Node 24; this is ${process.version}.`)
  }
  await using parts = new AsyncDisposableStack()
  const inspector = parts.use(new InspectServer(locateProject(entry).root))
  const pieces = new ProjectPieces()
  const runtime = new Runtime(
    { ...runtimeOptionsOf(settings), reserveSize: 0, observer: hostObserver() },
    { inspector, pieces },
  )
  const port = await inspector.listen(inspectPort)
  await answerInProcess(runtime, {
    settings,
    workers: [project.name],
    inspector,
    notes: [`inspect http://127.0.0.1:${port}/json/list  (chrome://inspect, or attach an editor to port ${port})`],
    load: () =>
      serveProject(project, {
        watch,
        build: { treeshake: false },
        deploy: async ({ assets, bundle, project: built }, vars) => {
          pieces.assets = assets
          await runtime.load({
            worker: built.worker,
            bundle,
            env: { ...built.env, ...vars },
            bindings: bindingsOf(built),
            limits: { ...built.limits, ...UNLIMITED },
            ...(assets === undefined ? {} : { assets: assets.manifest }),
            mode: 'persistent',
          })
        },
      }),
  })
  parts.move()
}
